package dev.stowage.s3api.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketMapTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);

    @Test
    void whole_hasOneBucketWithAllKeys() {
        BucketMap map = BucketMap.whole("local");

        assertThat(map.find("local").orElseThrow().key("raw/p/a").value()).isEqualTo("raw/p/a");
        assertThat(map.find("other")).isEmpty();
    }

    @Test
    void fixedEntries_comeBeforeProjects() {
        BucketMap map = BucketMap.parse("{project_id}=raw/{project_id}/, done=processed/p1/", LAYOUT);

        assertThat(map.find("done").orElseThrow().prefix().value()).isEqualTo("processed/p1/");
        assertThat(map.find("p2").orElseThrow().prefix().value()).isEqualTo("raw/p2/");
    }

    @Test
    void projects_canHaveABucketForEachStage() {
        BucketMap map =
                BucketMap.parse("raw-{project_id}=raw/{project_id}/,done-{project_id}=processed/{project_id}/", LAYOUT);

        assertThat(map.find("raw-p1").orElseThrow().prefix().value()).isEqualTo("raw/p1/");
        assertThat(map.find("done-p1").orElseThrow().prefix().value()).isEqualTo("processed/p1/");
        assertThat(map.find("raw-")).isEmpty();
        assertThat(map.ofProject("p1")).extracting(Bucket::name).containsExactly("raw-p1", "done-p1");
        assertThat(map.ofFolder(new KeyPrefix("processed/"), "processed/p7/")
                        .orElseThrow()
                        .name())
                .isEqualTo("done-p7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos",
                "photos=raw/p",
                "photos=other/p/",
                "a b=raw/p/",
                "photos=raw/{project_id}/",
                "{project_id}=raw/p/",
                "{project_id}=raw/x{project_id}/",
                "a=raw/p/,a=raw/q/",
                "a=/"
            })
    void mistakes_areRefused(String text) {
        assertThatThrownBy(() -> BucketMap.parse(text, LAYOUT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bucket_isVisibleToThoseWithARightInIt() {
        Bucket p1 = new Bucket("p1", new KeyPrefix("raw/p1/"));
        Bucket all = new Bucket("all", KeyPrefix.ALL);
        Principal one = with(new Scope.Project("p1"));
        Principal folder = with(new Scope.Under(new KeyPrefix("raw/p1/sub/")));
        Principal other = with(new Scope.Project("p2"));

        assertThat(p1.isVisibleTo(one, LAYOUT)).isTrue();
        assertThat(p1.isVisibleTo(folder, LAYOUT)).isTrue();
        assertThat(p1.isVisibleTo(other, LAYOUT)).isFalse();
        assertThat(all.isVisibleTo(other, LAYOUT)).isTrue();
        assertThat(all.isVisibleTo(with(), LAYOUT)).isFalse();
    }

    private static Principal with(Scope... scopes) {
        return Principal.of("key:a", "a", new Rights(Set.of(scopes), Set.of(Action.READ)));
    }
}
