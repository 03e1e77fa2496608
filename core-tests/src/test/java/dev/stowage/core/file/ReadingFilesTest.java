package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reading ignores the layout: files from before it was configured stay accessible. */
final class ReadingFilesTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("from/before");

    private final ObjectStore store = new InMemoryStorage().objects();
    private final Files files = new Files(store, Optional.empty(), LAYOUT, POLICY, Long.MAX_VALUE);

    @Test
    void get_lendsTheRange() throws IOException {
        store.put(KEY, Bodies.pattern(100, 1), PutOptions.DEFAULT);

        long length = files.read(Principal.ANYONE, KEY, ReadOptions.of(new ByteRange.From(90)), (info, span, body) -> {
            Bodies.verify(body, 90, 10, 1);
            return span.length();
        });

        assertThat(length).isEqualTo(10);
    }

    @Test
    void statAndList_returnTheFile() {
        assertThat(files.stat(Principal.ANYONE, KEY)).isEmpty();
        store.put(KEY, Bodies.pattern(100, 1), PutOptions.DEFAULT);

        assertThat(files.stat(Principal.ANYONE, KEY).orElseThrow().size()).isEqualTo(100);
        assertThat(files.list(Principal.ANYONE, ListQuery.of(KeyPrefix.ALL)).objects())
                .extracting(object -> object.key())
                .containsExactly(KEY);
    }
}
