package dev.stowage.testkit.expiry;

import static dev.stowage.testkit.expiry.ExpiryBench.expire;
import static dev.stowage.testkit.expiry.ExpiryBench.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How expired files are deleted. */
final class ExpiryDeletionTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String KEY = "raw/p/a";

    private final ExpiryBench bench = new ExpiryBench();

    @Test
    void fileThatIsReplacedBeforeTheDeletion_isKept() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "old");
        bench.publish();
        bench.advance(HOUR);
        ObjectStore replacing = new ForwardingObjectStore(bench.store) {
            @Override
            public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                bench.put(KEY, "new");
                return bench.store.deleteMatching(tags);
            }
        };

        assertThat(expire(bench.process(replacing, bench.records)))
                .extracting(FileExpiry.Expired::files)
                .containsExactly(0);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void crashAfterTheDeletion_isRepeated_andKeepsAFileThatIsStoredThen() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.put("raw/p/b", "1");
        bench.publish();
        bench.advance(HOUR);
        DyingRecords dying = new DyingRecords(bench.records);
        assertThatThrownBy(() -> expire(bench.process(bench.store, dying))).isInstanceOf(StorageUnavailable.class);
        assertThat(bench.exists(KEY)).isFalse();

        bench.put(KEY, "1");
        bench.run();

        assertThat(bench.exists(KEY)).isTrue();
        assertThat(bench.exists("raw/p/b")).isFalse();
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void fileThatIsRecordedAgainDuringTheLook_isNotForgotten() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.advance(HOUR);
        List<DueFile> before = bench.records.due(bench.clock.instant(), Optional.empty(), 10);
        bench.store.delete(List.of(new ObjectKey(KEY)));
        bench.put(KEY, "2");
        bench.publish();

        bench.records.settle(before, List.of());

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void fileThatCannotBeDeleted_isTriedAgainLater_andDelaysNoOthers() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.put("raw/p/b", "1");
        bench.publish();
        bench.advance(HOUR);
        ObjectStore refusing = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                if (key.value().equals(KEY)) {
                    throw new StorageRejected("no", null);
                }
                return super.stat(key);
            }
        };

        assertThat(expire(bench.process(refusing, bench.records))).containsExactly(new FileExpiry.Expired(2, 1, 1, 1));
        assertThat(expire(bench.process())).isEmpty();
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void severalBatches_areDeletedAtOnce_andNoMoreThanPermitted() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(1000);
        CyclicBarrier fourth = new CyclicBarrier(4);
        AtomicInteger running = new AtomicInteger();
        ObjectStore waiting = new ForwardingObjectStore(bench.store) {
            @Override
            public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                assertThat(running.incrementAndGet()).isLessThanOrEqualTo(4);
                await(fourth);
                running.decrementAndGet();
                return super.deleteMatching(tags);
            }
        };

        assertThat(expire(bench.process(waiting, bench.records, 4)))
                .extracting(FileExpiry.Expired::files)
                .containsExactly(250, 250, 250, 250);
        assertThat(bench.audit)
                .filteredOn(line -> line.operation().equals("file.expire"))
                .hasSize(1000);
    }

    @Test
    void fileThatIsReplacedDuringItsDeletion_isNotLookedAtAgain_inTheSameRun() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(ExpiryRecords.MAX_DUE + 1);
        List<ObjectKey> looked = Collections.synchronizedList(new ArrayList<>());
        ObjectStore refusing = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                looked.add(key);
                return super.stat(key);
            }

            @Override
            public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                return tags.keySet().stream()
                        .<DeleteResult>map(key -> new DeleteResult.Failed(
                                key, new PreconditionFailed("The file was replaced", key.value())))
                        .toList();
            }
        };

        assertThat(expire(bench.process(refusing, bench.records)))
                .extracting(FileExpiry.Expired::looked)
                .containsExactly(1000, 1000, 1000, 1000, 1);
        assertThat(looked).hasSize(ExpiryRecords.MAX_DUE + 1).doesNotHaveDuplicates();
    }

    @Test
    void batchThatBreaksOff_isTheLast_andTheOneBeforeCounts() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(3000);
        List<ObjectKey> read = new ArrayList<>();
        ObjectStore failing = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                read.add(key);
                if (key.value().compareTo("raw/p/1000") >= 0) {
                    throw new StorageUnavailable("away", null);
                }
                return super.stat(key);
            }
        };
        List<FileExpiry.Expired> batches = new ArrayList<>();

        assertThatThrownBy(() -> bench.process(failing, bench.records).expireDue(batches::add))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(batches).containsExactly(new FileExpiry.Expired(1000, 1000, 1000, 0));
        assertThat(read).hasSize(1005);
        assertThat(bench.exists("raw/p/0999")).isFalse();
        assertThat(bench.exists("raw/p/1000")).isTrue();
        assertThat(bench.records.due(bench.clock.instant(), Optional.empty(), ExpiryRecords.MAX_DUE))
                .hasSize(3000 - 1005);
    }

    @Test
    void unavailableStore_postponesOnlyAFewFiles_alsoWithManyBatches() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(400);
        ObjectStore away = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                throw new StorageUnavailable("away", null);
            }
        };

        assertThatThrownBy(() -> expire(bench.process(away, bench.records, 4))).isInstanceOf(StorageUnavailable.class);

        assertThat(bench.records.due(bench.clock.instant(), Optional.empty(), ExpiryRecords.MAX_DUE))
                .hasSize(400 - 5);
    }

    @Test
    void interrupt_endsAllBatches_beforeTheCallReturns() throws Exception {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(400);
        CountDownLatch reached = new CountDownLatch(4);
        AtomicInteger interrupted = new AtomicInteger();
        ObjectStore hanging = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                reached.countDown();
                try {
                    Thread.sleep(Duration.ofMinutes(5).toMillis());
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    Thread.currentThread().interrupt();
                }
                throw new StorageUnavailable("stopped", null);
            }
        };
        AtomicInteger atTheEnd = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            failure.set(catchThrowable(
                    () -> bench.process(hanging, bench.records, 4).expireDue(batch -> {})));
            atTheEnd.set(interrupted.get());
        });
        worker.start();
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

        worker.interrupt();
        worker.join(Duration.ofSeconds(30).toMillis());

        assertThat(failure.get()).isInstanceOf(StorageUnavailable.class);
        assertThat(atTheEnd).hasValue(4);
        assertThat(bench.records.due(bench.clock.instant(), Optional.empty(), ExpiryRecords.MAX_DUE))
                .hasSize(400);
    }

    private void putMany(int files) {
        for (int i = 0; i < files; i++) {
            bench.put("raw/p/%04d".formatted(i), "1");
        }
        bench.publish();
        bench.advance(HOUR);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            int unused = barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void storeWithoutConditions_comparesTheVersionFirst() {
        ExpiryBench bare = new ExpiryBench(Set.of());
        bare.setRules(rule("raw/p/", HOUR));
        bare.put(KEY, "1");
        bare.put("raw/p/b", "1");
        bare.advance(HOUR);
        bare.put("raw/p/b", "2");
        bare.run();

        assertThat(bare.exists(KEY)).isFalse();
        assertThat(bare.exists("raw/p/b")).isTrue();
    }
}
