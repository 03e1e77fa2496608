package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.ChangeIntents;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.EventLog.JournalStep;
import dev.stowage.core.port.records.EventLog.Publication;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EventLog} and of its {@link ChangeIntents}. */
public abstract class EventLogContract {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Origin ORIGIN = new Origin(Optional.of("key:é"), Optional.of("r1"));
    private static final ObjectKey KEY = new ObjectKey("raw/p/a b");

    private EventLog log = new InMemoryEvents();
    private ChangeIntents intents = new InMemoryEvents();
    private Leases leases = new InMemoryLeases(new ProcessId("mine"));

    /** The records of one process. */
    public record Member(EventLog log, ChangeIntents intents, Leases leases) {}

    /** Returns the record as seen by a process; the same record throughout a test. */
    protected abstract Member as(ProcessId process);

    @BeforeEach
    void open() {
        Member mine = as(new ProcessId("mine"));
        leases = mine.leases();
        leases.beat(NOW, NOW.plusSeconds(20));
        log = mine.log();
        intents = mine.intents();
    }

    @Test
    void events_arePublishedInTheirOrder_withAllFields() {
        Event full = new Event(
                EventType.FILE_CREATED,
                NOW,
                Optional.of(KEY),
                OptionalLong.of(5),
                Optional.of(new Etag("e")),
                Optional.of(new ContentType("text/plain")),
                Map.of("upload_id", "u=1", "state", "x"),
                ORIGIN);
        Event empty = new Event(
                EventType.JOB_FINISHED,
                NOW.plusMillis(7),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Origin.UNKNOWN);
        record(full, empty);

        assertThat(log.after(0, 10)).isEmpty();
        publish(log.waiting(10));

        assertThat(log.after(0, 10)).containsExactly(new LoggedEvent(1, full), new LoggedEvent(2, empty));
        assertThat(log.after(1, 10)).containsExactly(new LoggedEvent(2, empty));
        assertThat(log.waiting(10)).isEmpty();
        assertThat(log.range()).isEqualTo(new EventLog.Range(0, 2));
    }

    @Test
    void publish_again_publishesNothing() {
        record(event("1"));
        List<EventLog.Waiting> waiting = log.waiting(10);

        assertThat(publish(waiting)).isTrue();
        assertThat(publish(waiting)).isFalse();

        assertThat(published()).containsExactly("1");
    }

    @Test
    void publish_continuesTheNumbers_andTakesOnlyWhatIsGiven() {
        record(event("1"), event("2"), event("3"));
        publish(log.waiting(2));
        assertThat(published()).containsExactly("1", "2");

        publish(log.waiting(2));
        assertThat(log.after(2, 10)).extracting(LoggedEvent::id).containsExactly(3L);
    }

    @Test
    void changesOfAJournal_arePublishedOnce_withWaitingEvents_inTheGivenOrder() {
        record(event("upload"));
        List<Long> waiting =
                log.waiting(10).stream().map(EventLog.Waiting::number).toList();
        List<Event> merged = List.of(event("1"), event("upload"), event("2"));
        Publication publication = new Publication(merged, waiting, Optional.of(new JournalStep("j", 0, 7)));

        assertThat(log.publish(publication)).isTrue();
        assertThat(log.publish(publication)).isFalse();

        assertThat(published()).containsExactly("1", "upload", "2");
        assertThat(log.waiting(10)).isEmpty();
        assertThat(log.position("j")).isEqualTo(7);
        assertThat(log.position("another")).isZero();
        assertThat(log.publish(journaled("3", 7, 9))).isTrue();
        assertThat(log.after(3, 10)).extracting(LoggedEvent::id).containsExactly(4L);
    }

    @Test
    void changesOfAJournal_thatAnotherProcessPublished_leaveWaitingEvents() {
        record(event("upload"));
        List<Long> waiting =
                log.waiting(10).stream().map(EventLog.Waiting::number).toList();
        assertThat(log.publish(journaled("1", 0, 4))).isTrue();

        assertThat(log.publish(new Publication(
                        List.of(event("1"), event("upload")), waiting, Optional.of(new JournalStep("j", 0, 4)))))
                .isFalse();

        assertThat(published()).containsExactly("1");
        assertThat(log.waiting(10)).hasSize(1);
    }

    @Test
    void journal_mayContinueAtAnEarlierPosition() {
        assertThat(log.publish(journaled("1", 0, 9))).isTrue();

        assertThat(log.publish(journaled("2", 9, 3))).isTrue();

        assertThat(log.position("j")).isEqualTo(3);
        assertThat(published()).containsExactly("1", "2");
    }

    @Test
    void prune_deletesOldEvents_andSaysUpToWhich() {
        record(at(NOW.minusSeconds(60)), at(NOW.minusSeconds(50)), at(NOW));
        publish(log.waiting(10));

        assertThat(log.prune(NOW.minusSeconds(30))).isEqualTo(2);
        assertThat(log.prune(NOW.minusSeconds(30))).isZero();

        assertThat(log.range()).isEqualTo(new EventLog.Range(2, 3));
        assertThat(log.after(0, 10)).extracting(LoggedEvent::id).containsExactly(3L);
        assertThat(log.prune(NOW.plusSeconds(1))).isEqualTo(1);
        record(event("4"));
        publish(log.waiting(10));
        assertThat(log.after(0, 10)).extracting(LoggedEvent::id).containsExactly(4L);
    }

    @Test
    void manyEvents_arePublishedInPages() {
        Event[] many = IntStream.range(0, 1500)
                .mapToObj(i -> event(Integer.toString(i)))
                .toArray(Event[]::new);
        record(many);

        publish(log.waiting(1000));
        publish(log.waiting(1000));

        assertThat(log.range()).isEqualTo(new EventLog.Range(0, 1500));
        assertThat(log.after(1000, 1000).get(499).event().etag()).contains(new Etag("1499"));
    }

    @Test
    void changeAlone_endsWithItsEvent() {
        ChangeIntents.Intent intent = begin(KEY);

        assertThat(intents.end(List.of(intent), List.of(event("1")))).isEmpty();

        assertThat(abandoned(NOW.plusSeconds(1000))).isEmpty();
        assertThat(waitingTags()).containsExactly("1");
    }

    @Test
    void lastOfConcurrentChanges_staysOpen_untilTheStateIsTold() {
        ChangeIntents.Intent first = begin(KEY);
        ChangeIntents.Intent second = begin(KEY);
        ChangeIntents.Intent elsewhere = begin(new ObjectKey("raw/p/other"));

        assertThat(intents.end(List.of(second), List.of(event("2")))).isEmpty();
        assertThat(intents.end(List.of(elsewhere), List.of())).isEmpty();
        assertThat(intents.end(List.of(first), List.of(event("1")))).containsExactly(first);

        assertThat(intents.lastEvent(first).flatMap(Event::etag)).contains(new Etag("1"));
        assertThat(intents.settle(first, Optional.of(event("2")))).isTrue();
        assertThat(waitingTags()).containsExactly("2", "1", "2");
        assertThat(abandoned(NOW.plusSeconds(1000))).isEmpty();
    }

    @Test
    void settle_afterAnotherChangeCameAndWent_hasToLookAgain() {
        ChangeIntents.Intent first = begin(KEY);
        intents.end(List.of(begin(KEY)), List.of());
        assertThat(intents.end(List.of(first), List.of())).hasSize(1);

        intents.end(List.of(begin(KEY)), List.of());

        assertThat(intents.settle(first, Optional.of(event("old")))).isFalse();
        assertThat(waitingTags()).isEmpty();
        assertThat(intents.settle(first, Optional.of(event("new")))).isTrue();
        assertThat(waitingTags()).containsExactly("new");
    }

    @Test
    void settle_whileAnotherChangeIsOpen_leavesTheStateToThatOne() {
        ChangeIntents.Intent first = begin(KEY);
        ChangeIntents.Intent second = begin(KEY);

        assertThat(intents.settle(first, Optional.empty())).isTrue();

        assertThat(intents.end(List.of(second), List.of(event("2")))).containsExactly(second);
    }

    @Test
    void uncertainChange_isAbandoned_onceItIsDue() {
        ChangeIntents.Intent intent = begin(KEY);

        intents.markUncertain(List.of(intent), NOW.plusSeconds(5));

        assertThat(abandoned(NOW.plusSeconds(4))).isEmpty();
        assertThat(abandoned(NOW.plusSeconds(5))).containsExactly(intent);
        assertThat(intents.abandoned(10, intent.id(), NOW.plusSeconds(5))).isEmpty();
        assertThat(intents.settle(intent, Optional.of(event("1")))).isTrue();
        assertThat(abandoned(NOW.plusSeconds(5))).isEmpty();
    }

    @Test
    void changeOfADeadProcess_isAbandoned() {
        Member other = as(new ProcessId("other"));
        other.leases().beat(NOW, NOW.plusSeconds(20));
        ChangeIntents.Intent mine = begin(KEY);
        ChangeIntents.Intent theirs =
                other.intents().begin(List.of(KEY), true, Origin.UNKNOWN, NOW).get(0);

        assertThat(abandoned(NOW.plusSeconds(10))).isEmpty();
        assertThat(abandoned(NOW.plusSeconds(21))).containsExactly(theirs);

        assertThat(intents.settle(theirs, Optional.empty())).isTrue();
        assertThat(intents.end(List.of(mine), List.of(event("1")))).containsExactly(mine);
    }

    @Test
    void lastEvent_isOfTheSameKey_sinceTheChangeBegan() {
        record(event("before"));
        publish(log.waiting(10));
        ChangeIntents.Intent intent = begin(KEY);
        assertThat(intents.lastEvent(intent)).isEmpty();

        record(event("published"));
        publish(log.waiting(10));
        record(Event.deleted(new ObjectKey("raw/p/other"), NOW, ORIGIN));

        assertThat(intents.lastEvent(intent).flatMap(Event::etag)).contains(new Etag("published"));
    }

    @Test
    void endOfAChange_thatIsRepeated_recordsItsEventAgain() {
        ChangeIntents.Intent intent = begin(KEY);
        intents.end(List.of(intent), List.of(event("1")));

        assertThat(intents.end(List.of(intent), List.of(event("1")))).isEmpty();

        assertThat(waitingTags()).containsExactly("1", "1");
    }

    private ChangeIntents.Intent begin(ObjectKey key) {
        return intents.begin(List.of(key), false, ORIGIN, NOW).get(0);
    }

    private List<ChangeIntents.Intent> abandoned(Instant now) {
        leases.beat(now, now.plusSeconds(20));
        return intents.abandoned(10, 0, now);
    }

    private void record(Event... events) {
        for (int i = 0; i < events.length; i += EventLog.MAX_AT_ONCE) {
            List<Event> some = List.of(events).subList(i, Math.min(events.length, i + EventLog.MAX_AT_ONCE));
            assertThat(intents.end(List.of(), some)).isEmpty();
        }
    }

    private List<String> published() {
        return log.after(0, 1000).stream()
                .map(event -> event.event().etag().orElseThrow().value())
                .toList();
    }

    /** Publishes what waits, which is little. */
    private List<String> waitingTags() {
        publish(log.waiting(1000));
        return published();
    }

    private boolean publish(List<EventLog.Waiting> waiting) {
        return log.publish(new Publication(
                waiting.stream().map(EventLog.Waiting::event).toList(),
                waiting.stream().map(EventLog.Waiting::number).toList(),
                Optional.empty()));
    }

    private static Publication journaled(String tag, long from, long to) {
        return new Publication(List.of(event(tag)), List.of(), Optional.of(new JournalStep("j", from, to)));
    }

    private static Event at(Instant time) {
        return new Event(
                EventType.FILE_UPDATED,
                time,
                Optional.of(KEY),
                OptionalLong.of(1),
                Optional.of(new Etag("x")),
                Optional.empty(),
                Map.of(),
                ORIGIN);
    }

    private static Event event(String tag) {
        return new Event(
                EventType.FILE_UPDATED,
                NOW,
                Optional.of(KEY),
                OptionalLong.of(1),
                Optional.of(new Etag(tag)),
                Optional.empty(),
                Map.of(),
                ORIGIN);
    }
}
