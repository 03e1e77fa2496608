package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.Etag;
import dev.stowage.core.port.ObjectPage;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageEntriesTest {

    @Test
    void entries_areInOrder_withoutForeignNames() {
        PageEntries entries = new PageEntries();
        entries.addObject(Optional.of("b"), 1, new Etag("x"), Instant.EPOCH);
        entries.addObject(Optional.of("a"), 1, new Etag("x"), Instant.EPOCH);
        entries.addObject(Optional.of("a/../b"), 1, new Etag("x"), Instant.EPOCH);
        entries.addObject(Optional.empty(), 1, new Etag("x"), Instant.EPOCH);
        entries.addPrefix(Optional.of("z/"));
        entries.addPrefix(Optional.of("c/"));
        entries.addPrefix(Optional.of("../"));

        ObjectPage page = entries.page(Optional.of("token"));

        assertThat(page.objects()).extracting(object -> object.key().value()).containsExactly("a", "b");
        assertThat(page.commonPrefixes()).containsExactly("c/", "z/");
        assertThat(page.unaddressable()).isEqualTo(3);
        assertThat(page.nextToken()).contains("token");
    }
}
