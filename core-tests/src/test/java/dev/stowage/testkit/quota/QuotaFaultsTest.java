package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lost responses, and a record or a store that is temporarily unavailable. */
final class QuotaFaultsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a");
    private static final ObjectKey OTHER = new ObjectKey("raw/p1/b");
    private static final Duration SETTLE_DELAY = Duration.ofMinutes(5);

    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(1000), Map.of());

    /** The number of calls that succeed before all further ones fail; unlimited at first. */
    private final AtomicInteger storeCallsLeft = new AtomicInteger(Integer.MAX_VALUE);

    private final AtomicInteger recordCallsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final QuotaStorage storage = new QuotaStorage(
            new InterceptedStorage(memory, () -> fail(storeCallsLeft)),
            new InterceptedUsage(usage, () -> fail(recordCallsLeft)),
            new InMemorySessions(),
            quotas,
            clock);

    @Test
    void putWithLostResponse_reservesNothing_andIsCountedWhenSettled() {
        storeCallsLeft.set(1);
        assertThatThrownBy(() -> put(KEY, 600)).isInstanceOf(StorageUnavailable.class);
        storeCallsLeft.set(Integer.MAX_VALUE);

        assertThat(memory.objects().stat(KEY)).isPresent();
        assertThat(usage.totals("p1").used()).isZero();
        assertThat(storage.settle()).isZero();
        clock.advance(SETTLE_DELAY);
        assertThat(storage.settle()).isEqualTo(1);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void deletionWithLostResponse_isCountedWhenSettled() {
        put(KEY, 600);
        put(OTHER, 100);
        storeCallsLeft.set(1);
        assertThatThrownBy(() -> storage.objects().delete(List.of(KEY, OTHER))).isInstanceOf(StorageUnavailable.class);
        storeCallsLeft.set(Integer.MAX_VALUE);

        assertThat(usage.totals("p1").used()).isEqualTo(700);
        clock.advance(SETTLE_DELAY);
        assertThat(storage.settle()).isEqualTo(2);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void deletion_thatFailsForSome_isCountedForTheOthersAtOnce() {
        put(KEY, 600);
        put(OTHER, 100);
        QuotaStorage rejecting = around(new KeepsOne(memory.objects(), KEY, new StorageRejected("not this", null)));

        assertThat(rejecting.objects().delete(List.of(KEY, OTHER)))
                .hasAtLeastOneElementOfType(DeleteResult.Failed.class);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
        assertThat(usage.totals("p1").used()).isEqualTo(600);

        put(OTHER, 100);
        QuotaStorage away = around(new KeepsOne(memory.objects(), KEY, new StorageUnavailable("away", null)));
        assertThat(away.objects().remove(List.of(KEY, OTHER))).hasSize(2);
        assertThat(usage.totals("p1").used()).isEqualTo(600);
        clock.advance(SETTLE_DELAY);
        assertThat(storage.settle()).isEqualTo(1);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void put_whoseEndCanNotBeRecorded_succeeds_andIsCountedOnceTheRecordIsAvailable() {
        recordCallsLeft.set(2);
        put(KEY, 600);

        assertThatThrownBy(() -> put(OTHER, 1)).isInstanceOf(StorageUnavailable.class);
        assertThat(memory.objects().stat(OTHER)).isEmpty();

        recordCallsLeft.set(Integer.MAX_VALUE);
        assertThat(storage.settle()).isEqualTo(1);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
        put(OTHER, 1);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void put_concurrentWithAnother_thatCanNotBeMeasured_isMeasuredLater() {
        assertThat(usage.intend(Map.of(KEY, "p1"), Optional.of(clock.instant())))
                .hasSize(1);
        storeCallsLeft.set(2);

        put(KEY, 600);
        storeCallsLeft.set(Integer.MAX_VALUE);
        clock.advance(SETTLE_DELAY);
        assertThat(storage.settle()).isEqualTo(2);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void settling_continuesAfterAFewFailures_andThenFails() {
        for (int i = 0; i < 3; i++) {
            ObjectKey key = new ObjectKey("raw/p1/f" + i);
            memory.objects().put(key, Bodies.pattern(10, i), PutOptions.DEFAULT);
            assertThat(usage.intend(Map.of(key, "p1"), Optional.of(clock.instant())))
                    .hasSize(1);
        }
        StorageException away = new StorageUnavailable("away", null);
        QuotaStorage poisoned = around(new KeepsOne(memory.objects(), new ObjectKey("raw/p1/f0"), away));

        assertThatThrownBy(poisoned::settle).isInstanceOf(StorageUnavailable.class);

        assertThat(usage.totals("p1").files()).isEqualTo(2);
        assertThat(storage.settle()).isEqualTo(1);
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    private void put(ObjectKey key, int size) {
        ObjectInfo stored = storage.objects()
                .put(key, Bodies.pattern(size, 1), PutOptions.DEFAULT)
                .info();
        assertThat(stored.size()).isEqualTo(size);
    }

    private QuotaStorage around(ObjectStore objects) {
        return new QuotaStorage(
                new InterceptedStorage(memory, objects, () -> {}), usage, new InMemorySessions(), quotas, clock);
    }

    private static void fail(AtomicInteger callsLeft) {
        if (callsLeft.getAndDecrement() <= 0) {
            throw new StorageUnavailable("away", null);
        }
    }

    /** A store that can neither delete nor stat one object. */
    private static final class KeepsOne extends ForwardingObjectStore {

        private final ObjectKey kept;
        private final StorageException reason;

        private KeepsOne(ObjectStore store, ObjectKey kept, StorageException reason) {
            super(store);
            this.kept = kept;
            this.reason = reason;
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            if (key.equals(kept) && reason instanceof StorageUnavailable) {
                throw reason;
            }
            return super.stat(key);
        }

        @Override
        public List<DeleteResult> delete(List<ObjectKey> keys) {
            return keys.stream().map(this::delete).toList();
        }

        @Override
        public List<DeleteResult> remove(List<ObjectKey> keys) {
            return delete(keys);
        }

        private DeleteResult delete(ObjectKey key) {
            return key.equals(kept)
                    ? new DeleteResult.Failed(key, reason)
                    : super.delete(List.of(key)).get(0);
        }
    }
}
