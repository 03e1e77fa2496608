package dev.stowage.testkit.expiry;

import static dev.stowage.testkit.expiry.ExpiryBench.expire;
import static dev.stowage.testkit.expiry.ExpiryBench.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which files expire, and when. */
final class FileExpiryTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String KEY = "raw/p/a";

    private final ExpiryBench bench = new ExpiryBench();

    @Test
    void file_isDeleted_onceItIsOlderThanItsRule() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.put("raw/other/a", "1");

        bench.advance(HOUR.minusSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(Duration.ofSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/other/a")).isTrue();
    }

    @Test
    void deletion_isAnEventWithItsReason_andInTheAuditLog() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        Event last = bench.events().get(bench.events().size() - 1);
        assertThat(last.type()).isEqualTo(EventType.FILE_DELETED);
        assertThat(last.detail()).containsEntry("reason", "expired");
        assertThat(last.origin().principal()).contains("service");
        AuditEvent line = bench.audit.get(bench.audit.size() - 1);
        assertThat(line.operation()).isEqualTo("file.expire");
        assertThat(line.key()).contains(KEY);
        assertThat(line.result()).isEqualTo("ok");
        assertThat(line.detail()).containsEntry("rule", "r").containsEntry("prefix", "raw/p/");
    }

    @Test
    void fileWithItsOwnExpiry_isDeletedWithoutARule_asAnEventAndInTheAuditLog() {
        bench.put(KEY, "1", expiringIn(HOUR));
        bench.put("raw/p/other", "1");

        bench.advance(HOUR.minusSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(Duration.ofSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/p/other")).isTrue();
        Event last = bench.events().get(bench.events().size() - 1);
        assertThat(last.type()).isEqualTo(EventType.FILE_DELETED);
        assertThat(last.detail()).containsEntry("reason", "expired");
        AuditEvent line = bench.audit.get(bench.audit.size() - 1);
        assertThat(line.operation()).isEqualTo("file.expire");
        assertThat(line.detail())
                .isEqualTo(Map.of("expires_at", bench.clock.instant().toString()));
    }

    @Test
    void newerVersionWithoutAnExpiry_isKept_alsoOfTheSameBytes() {
        bench.put(KEY, "1", expiringIn(HOUR));
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isTrue();
        assertThat(expire(bench.process())).isEmpty();
    }

    @Test
    void ofRuleAndOwnExpiry_theEarlierOneCounts() {
        bench.setRules(rule("raw/p/", HOUR.multipliedBy(2)));
        bench.put("raw/p/own", "1", expiringIn(HOUR));
        bench.put("raw/p/rule", "1", expiringIn(HOUR.multipliedBy(3)));
        bench.put("raw/other", "1", expiringIn(HOUR.multipliedBy(3)));

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists("raw/p/own")).isFalse();
        assertThat(bench.exists("raw/p/rule")).isTrue();

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists("raw/p/rule")).isFalse();
        assertThat(bench.exists("raw/other")).isTrue();
    }

    @Test
    void ownExpiry_outlivesTheRuleThatWasRemoved() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1", expiringIn(HOUR.multipliedBy(2)));
        bench.publish();
        bench.setRules();
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    private static Metadata expiringIn(Duration span) {
        return Metadata.NONE.expiring(Optional.of(OwnExpiry.inSeconds(span.toSeconds())));
    }

    @Test
    void filesBeforeTheRule_areFoundByAScan_thatAnotherProcessContinues() {
        for (int i = 0; i < 2500; i++) {
            bench.put("raw/p/%04d".formatted(i), "1");
        }
        bench.publish();
        bench.advance(HOUR);
        bench.setRules(rule("raw/p/", HOUR));

        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isFalse();
        assertThat(expire(bench.process()))
                .extracting(FileExpiry.Expired::files)
                .containsExactly(1000, 1000, 500);

        assertThat(bench.exists("raw/p/0000")).isFalse();
        assertThat(bench.exists("raw/p/2499")).isFalse();
    }

    @Test
    void newerVersion_isKept_untilItIsOldItself() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.advance(HOUR.dividedBy(2));
        bench.put(KEY, "1");
        bench.advance(HOUR.dividedBy(2));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(HOUR.dividedBy(2));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

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
    void removedRule_takesNothing_fromFilesThatItHadRecorded() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.setRules();
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isTrue();
        assertThat(expire(bench.process())).isEmpty();
    }

    @Test
    void longerRule_keepsFiles_andShorterRule_takesThemSooner() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.setRules(rule("raw/p/", HOUR.multipliedBy(3)));
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.setRules(rule("raw/p/", HOUR.plusMinutes(1)));
        bench.advance(Duration.ofMinutes(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void filter_isComparedWithTheFileAsItIs() {
        SourceFilter drafts = new SourceFilter(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                new Metadata(Map.of("state", "draft")));
        bench.setRules(rule("drafts", "raw/p/", HOUR, Optional.of(drafts)));
        bench.put(KEY, "1", new Metadata(Map.of("state", "draft")));
        bench.put("raw/p/b", "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/p/b")).isTrue();
    }

    @Test
    void rule_takesNothing_whileItsWriterMayNotDelete() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.principals.put("key:owner", with(Set.of(Action.READ)));
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.principals.put("key:owner", with(Set.of(Action.DELETE)));
        bench.advance(Duration.ofDays(1));
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

    @Test
    void ruleForAllFiles_leavesInternalObjects() {
        bench.setRules(rule("", HOUR));
        String internal = HiddenKeys.partial("x").value();
        bench.put(internal, "1");
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(internal)).isTrue();
        assertThat(bench.exists(KEY)).isFalse();
    }

    private static Principal with(Set<Action> actions) {
        return Principal.of("key:owner", "owner", new Rights(Set.of(new Scope.Everything()), actions));
    }
}
