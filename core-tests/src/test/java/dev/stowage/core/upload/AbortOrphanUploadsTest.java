package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Capability;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AbortOrphanUploadsTest {

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
    private final InMemorySessions sessions = new InMemorySessions();
    private final KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private final AbortOrphanUploads stale = new AbortOrphanUploads(
            storage.uploads(),
            sessions,
            layout,
            new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE),
            clock,
            Duration.ofDays(7));

    @Test
    void abortStale_abortsOnlyOldUploadsOfTheLayout() {
        begin("raw/p1/old");
        begin("somebody-elses");
        clock.advance(Duration.ofDays(7));
        begin("raw/p1/new");
        assertThat(stale.abortStale(false)).isZero();
        clock.advance(Duration.ofSeconds(1));

        assertThat(stale.abortStale(false)).isEqualTo(1);

        assertThat(open()).containsExactly("raw/p1/new", "somebody-elses");
        assertThat(stale.abortStale(false)).isZero();
    }

    @Test
    void abortStale_readsAllPages() {
        for (int i = 0; i < 2500; i++) {
            begin("raw/p1/" + i);
        }
        clock.advance(Duration.ofDays(8));

        assertThat(stale.abortStale(false)).isEqualTo(2500);
        assertThat(open()).isEmpty();
    }

    @Test
    void abortStale_ignoresUploadsWithASession() {
        new CreateUpload(
                        storage.uploads(),
                        sessions,
                        layout,
                        new AccessPolicy(layout, AuditLog.NONE),
                        Integer.MAX_VALUE,
                        clock)
                .create(Principal.ANYONE, new ObjectKey("raw/p1/known"), ObjectAttributes.DEFAULT);
        clock.advance(Duration.ofDays(8));

        assertThat(stale.abortStale(false)).isZero();
        assertThat(open()).containsExactly("raw/p1/known");
    }

    @Test
    void abortStale_dryRun_onlyCounts() {
        begin("raw/p1/old");
        clock.advance(Duration.ofDays(8));

        assertThat(stale.abortStale(true)).isEqualTo(1);
        assertThat(open()).containsExactly("raw/p1/old");
    }

    private void begin(String key) {
        storage.uploads().create(new ObjectKey(key), ObjectAttributes.DEFAULT);
    }

    private List<String> open() {
        return storage.uploads().listUploads(KeyPrefix.ALL, 1000, Optional.empty()).items().stream()
                .map(UploadInfo::key)
                .map(ObjectKey::value)
                .toList();
    }
}
