package dev.stowage.testkit.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Publishing merges the journal of a store with the events that wait in the database. */
final class EventPublisherTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final InMemoryEvents log = new InMemoryEvents();
    private final Journal journal = new Journal();
    private final EventPublisher publisher = new EventPublisher(log, Optional.of(journal), new InMemoryExpiry());

    @Test
    void eventsThatWait_areMergedByTime_afterChangesOfTheSameTime() {
        journal.add(Event.deleted(new ObjectKey("a"), NOW, Origin.UNKNOWN));
        log.end(List.of(), List.of(event("upload of a")));
        journal.add(Event.deleted(new ObjectKey("b"), NOW.plusMillis(1), Origin.UNKNOWN));

        assertThat(publisher.publish()).isFalse();

        assertThat(keys()).containsExactly("a", "upload of a", "b");
    }

    @Test
    void changes_arePublished_withTheEventsThatWait_andForgotten() {
        log.end(List.of(), List.of(event("upload")));
        journal.add("a");
        journal.add("b");

        assertThat(publisher.publish()).isFalse();
        assertThat(publisher.publish()).isFalse();

        assertThat(keys()).containsExactly("a", "b", "upload");
        assertThat(journal.changes).isEmpty();
    }

    @Test
    void manyChanges_arePublished_beforeTheEventsThatWait() {
        for (int i = 0; i < 2500; i++) {
            journal.add("k" + i);
        }
        log.end(List.of(), List.of(event("upload")));

        assertThat(publisher.publish()).isFalse();

        assertThat(log.range().last()).isEqualTo(2501);
        assertThat(log.after(2500, 10).get(0).event().key()).contains(new ObjectKey("upload"));
    }

    @Test
    void changesThatWereNotForgotten_areNotPublishedAgain() {
        journal.forgets = false;
        journal.add("a");
        publisher.publish();
        journal.add("b");

        publisher.publish();

        assertThat(keys()).containsExactly("a", "b");
    }

    @Test
    void restoredJournal_isPublished_fromItsEarlierPosition() {
        for (String key : List.of("a", "b", "c")) {
            journal.add(key);
        }
        publisher.publish();

        journal.restore(1);
        journal.add("d");
        publisher.publish();

        assertThat(keys()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void prune_deletesAllOldEvents() {
        for (int i = 0; i < 1500; i++) {
            journal.add("k" + i);
        }
        publisher.publish();

        publisher.prune(NOW.plusSeconds(1));

        assertThat(log.range().pruned()).isEqualTo(1500);
    }

    private List<String> keys() {
        return log.after(0, 1000).stream()
                .map(LoggedEvent::event)
                .map(event -> event.key().orElseThrow().value())
                .toList();
    }

    private static Event event(String key) {
        return Event.deleted(new ObjectKey(key), NOW, Origin.UNKNOWN);
    }

    private static final class Journal implements ChangeJournal {

        private final TreeMap<Long, Event> changes = new TreeMap<>();
        private long last;
        private boolean forgets = true;

        void add(String key) {
            add(event(key));
        }

        void add(Event event) {
            changes.put(++last, event);
        }

        void restore(long position) {
            last = position;
        }

        @Override
        public String id() {
            return "journal";
        }

        @Override
        public List<ChangeJournal.Change> after(long position, int max) {
            return changes.tailMap(position, false).entrySet().stream()
                    .limit(max)
                    .map((Map.Entry<Long, Event> entry) -> new ChangeJournal.Change(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public long last() {
            return last;
        }

        @Override
        public void forget(long position) {
            if (forgets) {
                changes.headMap(position, true).clear();
            }
        }
    }
}
