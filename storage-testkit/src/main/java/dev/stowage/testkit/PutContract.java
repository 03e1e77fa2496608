package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Storing and replacing objects, and their reported properties. */
interface PutContract extends StoreFixture {

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ofAnnouncedLength_isReadBack(long size) throws IOException {
        ObjectKey key = key("announced");

        ObjectInfo info = put(key, Bodies.pattern(size, 1));

        assertThat(info.size()).isEqualTo(size);
        verify(key, size, 1);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ofUnknownLength_isReadBack(long size) throws IOException {
        ObjectKey key = key("unknown");

        ObjectInfo info = put(key, Bodies.ofUnknownLength(size, 2));

        assertThat(info.size()).isEqualTo(size);
        verify(key, size, 2);
    }

    @Test
    default void put_returnsTheObjectAsStored() {
        ObjectKey key = key("described.txt");
        ObjectAttributes attributes = new ObjectAttributes(
                new ContentType("text/csv; header=present"), new Metadata(Map.of("author", "Ada", "n", "1")));

        ObjectInfo returned = store().put(key, Bodies.pattern(100, 1), PutOptions.of(attributes))
                .info();

        ObjectInfo stored = store().stat(key).orElseThrow();
        assertThat(returned)
                .usingRecursiveComparison()
                .ignoringFields("lastModified")
                .isEqualTo(stored);
        assertThat(Duration.between(returned.lastModified(), stored.lastModified()))
                .isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
        assertThat(stored.key()).isEqualTo(key);
        assertThat(stored.attributes()).isEqualTo(attributes);
    }

    @Test
    default void put_withoutAttributes_hasTheDefaults() {
        put(key("plain"), "text");

        assertThat(store().stat(key("plain")).orElseThrow().attributes()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    default void put_onExistingKey_replacesBytesAndAttributes() throws IOException {
        ObjectKey key = key("replaced");
        ObjectInfo old = store().put(
                        key,
                        Content.of(new byte[1000]),
                        PutOptions.of(new ObjectAttributes(new ContentType("a/b"), new Metadata(Map.of("old", "yes")))))
                .info();

        put(key, "new");

        ObjectInfo info = store().stat(key).orElseThrow();
        assertThat(text(key)).isEqualTo("new");
        assertThat(info.size()).isEqualTo(3);
        assertThat(info.etag()).isNotEqualTo(old.etag());
        assertThat(info.attributes()).isEqualTo(ObjectAttributes.DEFAULT);
        assertThat(info.lastModified()).isAfterOrEqualTo(old.lastModified().minusSeconds(1));
    }

    /** Caches and conditions rely on it. */
    @Test
    default void put_ofOtherBytesOfTheSameSize_changesTheEtag() {
        ObjectInfo old = put(key("same-size"), Bodies.pattern(1000, 1));
        ObjectInfo replaced = put(key("same-size"), Bodies.pattern(1000, 2));

        assertThat(replaced.etag()).isNotEqualTo(old.etag());
        assertThat(store().stat(key("same-size")).orElseThrow().etag()).isEqualTo(replaced.etag());
    }

    @Test
    default void put_recordsTheTimeOfTheWrite() {
        ObjectKey key = key("timed");

        assertRecent(put(key, "text").lastModified());
        assertRecent(store().stat(key).orElseThrow().lastModified());
        assertRecent(store().list(ListQuery.of(prefix(""))).objects().get(0).lastModified());
    }

    @Test
    default void put_repeated_isHarmless() throws IOException {
        put(key("twice"), Bodies.pattern(10, 1));
        ObjectInfo again = put(key("twice"), Bodies.pattern(10, 1));

        verify(key("twice"), 10, 1);
        assertThat(store().stat(key("twice")).orElseThrow().etag()).isEqualTo(again.etag());
    }

    /** A store that can't tell by the write itself says nothing, of new objects and of replaced ones alike. */
    @Test
    default void put_returnsWhetherTheObjectIsNew_ifKnown() {
        PutResult created = store().put(key("once"), Bodies.pattern(10, 1), PutOptions.DEFAULT);
        PutResult replaced = store().put(key("once"), Bodies.pattern(10, 2), PutOptions.DEFAULT);

        assertThat(created.created()).isIn(Optional.empty(), Optional.of(true));
        assertThat(replaced.created()).isEqualTo(created.created().map(isNew -> false));
    }

    @Test
    default void stat_ofMissingObject_isEmpty() {
        assertThat(store().stat(key("missing"))).isEmpty();
    }
}
