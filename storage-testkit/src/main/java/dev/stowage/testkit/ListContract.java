package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Listing keys. */
interface ListContract extends StoreFixture {

    @Test
    default void list_ofNothing_isOneEmptyPage() {
        ObjectPage page = store().list(ListQuery.of(prefix("")));

        assertThat(page.objects()).isEmpty();
        assertThat(page.commonPrefixes()).isEmpty();
        assertThat(page.nextToken()).isEmpty();
    }

    @Test
    default void list_tellsWhatStatTells() {
        put(key("one"), "1");
        ObjectInfo info = store().stat(key("one")).orElseThrow();

        ObjectPage page = store().list(ListQuery.of(prefix("")));

        assertThat(page.objects()).hasSize(1);
        ObjectSummary listed = page.objects().get(0);
        assertThat(listed.key()).isEqualTo(info.key());
        assertThat(listed.size()).isEqualTo(info.size());
        assertThat(listed.etag()).isEqualTo(info.etag());
        assertThat(listed.lastModified().truncatedTo(ChronoUnit.SECONDS))
                .isEqualTo(info.lastModified().truncatedTo(ChronoUnit.SECONDS));
    }
}
