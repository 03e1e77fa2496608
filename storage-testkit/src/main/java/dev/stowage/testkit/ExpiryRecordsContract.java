package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.lifecycle.RuleScan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.EventLog.Expiring;
import dev.stowage.core.port.records.EventLog.Publication;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ExpiryRecords}, and of the {@link EventLog} that records in it. */
public abstract class ExpiryRecordsContract {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ObjectKey A = new ObjectKey("raw/p/a");
    private static final ObjectKey B = new ObjectKey("raw/p/\u00e9 b");
    private static final ObjectKey C = new ObjectKey("raw/p/\u00e9 c");
    private static final SourceFilter FILTER = new SourceFilter(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(7),
            OptionalLong.empty(),
            Optional.of(new Glob("*.tmp")),
            Optional.empty(),
            new Metadata(Map.of("a", "b=c")));
    private static final LifecycleRule RULE = rule("raw/p/", "r", 60, "key:1");
    private static final LifecycleRule OTHER =
            new LifecycleRule("r", KeyPrefix.ALL, Optional.of(FILTER), Duration.ofDays(30), Optional.empty());

    private ExpiryRecords records = new InMemoryExpiry();
    private EventLog log = new InMemoryEvents();

    /** Both in one database. */
    public record Member(ExpiryRecords records, EventLog log) {}

    /** Returns empty records. */
    protected abstract Member open();

    @BeforeEach
    void openRecords() {
        Member member = open();
        records = member.records();
        log = member.log();
    }

    @Test
    void rules_atFirst_areNone() {
        assertThat(records.rules().all()).isEmpty();
        assertThat(records.rules().version()).isZero();
        assertThat(records.nextScan()).isEmpty();
    }

    @Test
    void replace_storesAllFields_andDeletesWhatIsLeftOut() {
        assertThat(replace(RULE, OTHER)).isTrue();
        assertThat(records.rules().all()).containsExactly(OTHER, RULE);

        assertThat(replace(RULE)).isTrue();
        assertThat(records.rules().all()).containsExactly(RULE);
        assertThat(records.rules().version()).isEqualTo(2);
    }

    @Test
    void replace_ofAnotherVersion_changesNothing() {
        LifecycleRules before = records.rules();
        assertThat(replace(RULE)).isTrue();

        assertThat(records.replace(before.version(), List.of(OTHER))).isFalse();
        assertThat(records.rules().all()).containsExactly(RULE);
    }

    @Test
    void scan_continuesAtItsToken_untilItIsComplete() {
        replace(RULE);
        RuleScan first = scan();
        assertThat(first.rule()).isEqualTo(RULE);
        assertThat(first.token()).isEmpty();

        assertThat(records.scanned(first, Optional.of("next"), List.of(DueFile.at(A, NOW))))
                .isTrue();
        assertThat(scan().token()).contains("next");
        assertThat(records.scanned(scan(), Optional.empty(), List.of(DueFile.at(B, NOW))))
                .isTrue();

        assertThat(records.nextScan()).isEmpty();
        assertThat(due(NOW)).containsExactly(A, B);
    }

    @Test
    void scan_thatAnotherProcessHasRecorded_recordsNothing() {
        replace(RULE);
        RuleScan first = scan();
        records.scanned(first, Optional.of("next"), List.of());

        assertThat(records.scanned(first, Optional.of("other"), List.of(DueFile.at(A, NOW))))
                .isFalse();
        assertThat(scan().token()).contains("next");
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void changedRule_isScannedFromTheBeginning_andTheScanBeforeIsOver() {
        replace(RULE);
        RuleScan before = scan();
        records.scanned(before, Optional.of("next"), List.of());
        LifecycleRule sooner = rule("raw/p/", "r", 30, "key:1");
        replace(sooner, OTHER);
        replace(sooner, OTHER, rule("raw/", "x", 1, "key:1"));

        RuleScan current = scan();
        assertThat(List.of(sooner, OTHER)).contains(current.rule());
        assertThat(current.token()).isEmpty();
        assertThat(records.scanned(before, Optional.empty(), List.of())).isFalse();
    }

    @Test
    void unchangedRule_isNotScannedAgain() {
        replace(RULE);
        records.scanned(scan(), Optional.empty(), List.of());
        replace(RULE, OTHER);

        assertThat(scan().rule()).isEqualTo(OTHER);
        records.scanned(scan(), Optional.empty(), List.of());
        assertThat(records.nextScan()).isEmpty();
    }

    @Test
    void due_returnsTheOldestFirst_andNoneBeforeItsTime() {
        record(List.of(DueFile.at(A, NOW), DueFile.at(B, NOW.minusSeconds(1))));

        assertThat(due(NOW.minusSeconds(1))).containsExactly(B);
        assertThat(due(NOW)).containsExactly(B, A);
        assertThat(records.due(NOW, Optional.empty(), 1))
                .extracting(DueFile::key)
                .containsExactly(B);
    }

    @Test
    void due_afterAFile_returnsThoseAfterIt_alsoOfTheSameTime() {
        record(List.of(DueFile.at(A, NOW), DueFile.at(B, NOW), DueFile.at(C, NOW.minusSeconds(1))));

        List<DueFile> first = records.due(NOW, Optional.empty(), 1);
        assertThat(first).extracting(DueFile::key).containsExactly(C);
        List<DueFile> second = records.due(NOW, Optional.of(first.get(0)), 1);
        assertThat(second).extracting(DueFile::key).containsExactly(A);
        records.settle(second, List.of());
        List<DueFile> third = records.due(NOW, Optional.of(second.get(0)), 2);
        assertThat(third).extracting(DueFile::key).containsExactly(B);
        assertThat(records.due(NOW, Optional.of(third.get(0)), 2)).isEmpty();
    }

    @Test
    void add_again_keepsTheEarlierTime() {
        record(List.of(DueFile.at(A, NOW)));
        record(List.of(DueFile.at(A, NOW.plusSeconds(9))));
        assertThat(due(NOW)).containsExactly(A);

        record(List.of(DueFile.at(A, NOW.minusSeconds(9))));
        assertThat(due(NOW.minusSeconds(9))).containsExactly(A);
    }

    @Test
    void settle_forgetsAndPostpones() {
        record(List.of(DueFile.at(A, NOW), DueFile.at(B, NOW)));
        List<DueFile> both = records.due(NOW, Optional.empty(), 10);

        records.settle(List.of(both.get(0)), List.of(both.get(1).postponed(NOW.plusSeconds(5))));

        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(5))).containsExactly(B);
    }

    @Test
    void settle_ofAFileThatWasRecordedAgain_changesNothing() {
        record(List.of(DueFile.at(A, NOW), DueFile.at(B, NOW)));
        List<DueFile> both = records.due(NOW, Optional.empty(), 10);
        record(List.of(DueFile.at(A, NOW.plusSeconds(9)), DueFile.at(B, NOW.plusSeconds(9))));

        records.settle(List.of(both.get(0)), List.of(both.get(1).postponed(NOW.plusSeconds(5))));

        assertThat(due(NOW)).containsExactly(A, B);
    }

    @Test
    void settle_ofAFileThatWasForgottenAndRecordedAgain_changesNothing() {
        record(List.of(DueFile.at(A, NOW)));
        List<DueFile> before = records.due(NOW, Optional.empty(), 10);
        records.settle(before, List.of());
        record(List.of(DueFile.at(A, NOW)));

        records.settle(before, List.of());

        assertThat(due(NOW)).containsExactly(A);
    }

    @Test
    void manyFiles_areRecordedAtOnce() {
        List<DueFile> many = IntStream.range(0, ExpiryRecords.MAX_AT_ONCE)
                .mapToObj(i -> DueFile.at(new ObjectKey("raw/p/" + i), NOW.plusMillis(i)))
                .toList();
        record(many);

        List<DueFile> due = records.due(NOW.plusSeconds(1), Optional.empty(), ExpiryRecords.MAX_AT_ONCE);
        assertThat(due)
                .extracting(DueFile::key)
                .isEqualTo(many.stream().map(DueFile::key).toList());
        records.settle(due, List.of());
        assertThat(due(NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void publication_recordsFilesWithTheirEvents() {
        replace(RULE);

        assertThat(log.publish(publication(1, DueFile.at(A, NOW)))).isTrue();

        assertThat(due(NOW)).containsExactly(A);
        assertThat(log.after(0, 10)).extracting(LoggedEvent::id).containsExactly(1L);
    }

    @Test
    void publication_byOldRules_publishesNothing() {
        replace(RULE);
        replace(OTHER);

        assertThat(log.publish(publication(1, DueFile.at(A, NOW)))).isFalse();

        assertThat(due(NOW)).isEmpty();
        assertThat(log.after(0, 10)).isEmpty();
    }

    /** As the publication of their events does. */
    private void record(List<DueFile> files) {
        Expiring expiring = new Expiring(records.rules().version(), files);
        assertThat(log.publish(new Publication(List.of(), List.of(), Optional.empty(), Optional.of(expiring))))
                .isTrue();
    }

    private boolean replace(LifecycleRule... rules) {
        return records.replace(records.rules().version(), List.of(rules));
    }

    private RuleScan scan() {
        return records.nextScan().orElseThrow();
    }

    private List<ObjectKey> due(Instant now) {
        return records.due(now, Optional.empty(), 10).stream().map(DueFile::key).toList();
    }

    private static Publication publication(long rules, DueFile file) {
        Event event = new Event(
                EventType.FILE_CREATED,
                NOW,
                Optional.of(file.key()),
                OptionalLong.of(1),
                Optional.of(new Etag("e")),
                Optional.empty(),
                Map.of(),
                Origin.UNKNOWN);
        return new Publication(
                List.of(event), List.of(), Optional.empty(), Optional.of(new Expiring(rules, List.of(file))));
    }

    private static LifecycleRule rule(String prefix, String id, int seconds, String writer) {
        return new LifecycleRule(
                id, new KeyPrefix(prefix), Optional.empty(), Duration.ofSeconds(seconds), Optional.of(writer));
    }
}
