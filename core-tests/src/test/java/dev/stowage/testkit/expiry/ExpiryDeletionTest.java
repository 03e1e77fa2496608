package dev.stowage.testkit.expiry;

import static dev.stowage.testkit.expiry.ExpiryBench.expire;
import static dev.stowage.testkit.expiry.ExpiryBench.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
        List<DueFile> before = bench.records.due(bench.clock.instant(), 10);
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
    void nextFiles_areReadDuringADeletion() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(2001);
        CountDownLatch lastWasRead = new CountDownLatch(1);
        ExecutorService readers = Executors.newSingleThreadExecutor();
        ObjectStore waiting = new ForwardingObjectStore(bench.store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                Optional<ObjectInfo> file = super.stat(key);
                if (key.value().equals("raw/p/2000")) {
                    lastWasRead.countDown();
                }
                return file;
            }

            @Override
            public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                assertThat(reached(lastWasRead)).isTrue();
                return super.deleteMatching(tags);
            }
        };

        assertThat(expire(bench.process(waiting, bench.records, readers)))
                .extracting(FileExpiry.Expired::files)
                .containsExactly(1000, 1000, 1);
        readers.shutdown();
    }

    @Test
    void batchThatBreaksOff_endsTheReadingOfTheNext_andTheOneBeforeCounts() {
        bench.setRules(rule("raw/p/", HOUR));
        putMany(3000);
        List<Runnable> tasks = new ArrayList<>();
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
        // The readers have come as far as the second batch.
        Executor readers = task -> {
            tasks.add(task);
            if (tasks.size() == 3000) {
                tasks.subList(0, 2000).forEach(Runnable::run);
            }
        };
        List<FileExpiry.Expired> batches = new ArrayList<>();

        assertThatThrownBy(() -> bench.process(failing, bench.records, readers).expireDue(batches::add))
                .isInstanceOf(StorageUnavailable.class);
        tasks.subList(2000, 3000).forEach(Runnable::run);

        assertThat(batches).containsExactly(new FileExpiry.Expired(1000, 1000, 1000, 0));
        assertThat(read).hasSize(2000);
        assertThat(bench.exists("raw/p/0999")).isFalse();
        assertThat(bench.exists("raw/p/1000")).isTrue();
    }

    private void putMany(int files) {
        for (int i = 0; i < files; i++) {
            bench.put("raw/p/%04d".formatted(i), "1");
        }
        bench.publish();
        bench.advance(HOUR);
    }

    private static boolean reached(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
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
