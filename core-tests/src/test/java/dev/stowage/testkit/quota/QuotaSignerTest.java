package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Files that clients write directly to a store by signed URLs. */
final class QuotaSignerTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a");
    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final Duration LOOK = EXPIRY.plus(Duration.ofHours(1));

    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(1000), Map.of());
    private final QuotaStorage storage = around(new InterceptedStorage(memory, () -> {}));

    @Test
    void fileWrittenByUrl_isCountedAfterTheUrlExpired() {
        sign(storage, new UrlGrant.Upload(KEY, Optional.empty()));
        memory.objects().put(KEY, Bodies.pattern(1200, 1), PutOptions.DEFAULT);

        clock.advance(LOOK.minusMillis(1));
        assertThat(storage.settle()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(storage.settle()).isEqualTo(1);

        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
        assertThatThrownBy(() -> sign(storage, new UrlGrant.Upload(new ObjectKey("raw/p1/b"), Optional.empty())))
                .isInstanceOf(QuotaExceeded.class);
        sign(storage, new UrlGrant.Upload(KEY, Optional.empty()));
    }

    @Test
    void fileWrittenThroughTheService_whileAUrlIsValid_isCountedAtOnce() {
        sign(storage, new UrlGrant.Upload(KEY, Optional.empty()));

        storage.objects().put(KEY, Bodies.pattern(700, 1), PutOptions.DEFAULT);
        assertThat(usage.totals("p1").used()).isEqualTo(700);
        storage.objects().delete(List.of(KEY));
        assertThat(usage.totals("p1").used()).isZero();
    }

    @Test
    void urlsThatWriteNoFile_orLeadToTheService_recordNoIntent() {
        sign(storage, new UrlGrant.Download(KEY, Optional.empty()));
        sign(storage, new UrlGrant.Upload(new ObjectKey("elsewhere/a"), Optional.empty()));
        sign(around(memory), new UrlGrant.Upload(KEY, Optional.empty()));

        clock.advance(LOOK);
        assertThat(storage.settle()).isZero();
    }

    private QuotaStorage around(Storage within) {
        return new QuotaStorage(within, usage, new InMemorySessions(), quotas, clock);
    }

    private static void sign(QuotaStorage storage, UrlGrant grant) {
        assertThat(storage.signer().orElseThrow().sign(grant, EXPIRY)).isNotNull();
    }
}
