package dev.stowage.core.eventlog;

import dev.stowage.core.event.Event;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.EventLog.JournalStep;
import dev.stowage.core.port.records.EventLog.Publication;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes the events that wait, a batch at a time. Safe for concurrent use, also by several processes; one thread of a process works, and
 * others wait for it.
 */
public final class EventPublisher {

    private static final int BATCH = EventLog.MAX_AT_ONCE;

    /** The batches of one call, so that a request that publishes first does not wait for a long backlog. */
    private static final int BATCHES = 20;

    /** Each publishes thousands of events; others may be recorded as fast. */
    private static final int ROUNDS = 50;

    private final EventLog log;
    private final Optional<ChangeJournal> journal;
    private final ExpiryFinder expiring;
    private final Object lock = new Object();

    /**
     * @param journal of the store, if it has one
     * @param expiry records the files that may expire when their events are published
     */
    public EventPublisher(EventLog log, Optional<ChangeJournal> journal, ExpiryRecords expiry) {
        this.log = log;
        this.journal = journal;
        this.expiring = new ExpiryFinder(expiry);
    }

    /** Returns the log. */
    EventLog log() {
        return log;
    }

    /**
     * Deletes published events that are older than {@code before}, until the thread is interrupted.
     *
     * @return the id of the last event that was deleted, now or before
     */
    public long prune(Instant before) {
        int deleted;
        do {
            deleted = log.prune(before);
        } while (deleted > 0 && !Thread.currentThread().isInterrupted());
        return log.range().pruned();
    }

    /**
     * Publishes what was recorded before the call, up to some thousands of events.
     *
     * @return whether more may wait
     */
    public boolean publish() {
        synchronized (lock) {
            boolean more = true;
            for (int i = 0; i < BATCHES && more; i++) {
                more = journal.isPresent() ? publish(journal.get()) : publishWaiting();
            }
            return more;
        }
    }

    /** Returns the id of the last event, after publishing all that were recorded before the call. */
    public long last() {
        boolean more = true;
        for (int i = 0; i < ROUNDS && more; i++) {
            more = publish();
        }
        return log.range().last();
    }

    private boolean publishWaiting() {
        List<EventLog.Waiting> waiting = log.waiting(BATCH);
        boolean done = waiting.isEmpty() || publish(publication(waiting, List.of(), Optional.empty()));
        return !done || waiting.size() == BATCH;
    }

    /**
     * The event of an upload waits in the database, and that of its file in the journal, where it was recorded before. The journal is
     * therefore read after the waiting events, and both are merged by their times.
     */
    private boolean publish(ChangeJournal source) {
        List<EventLog.Waiting> waiting = log.waiting(BATCH);
        long from = log.position(source.id());
        // A journal that was restored from a backup continues at an earlier position; what it has is published again.
        long last = source.last();
        List<ChangeJournal.Change> changes = source.after(last < from ? 0 : from, BATCH);
        if (changes.isEmpty()) {
            boolean done = waiting.isEmpty() || publish(publication(waiting, List.of(), Optional.empty()));
            return !done || waiting.size() == BATCH;
        }
        ChangeJournal.Change newest = changes.get(changes.size() - 1);
        boolean all = changes.size() < BATCH;
        long known = all && !waiting.isEmpty() ? waiting.get(waiting.size() - 1).number() : 0;
        // What was recorded meanwhile also precedes later changes; the rest waits for the changes before it.
        List<EventLog.Waiting> ready = log.waiting(BATCH).stream()
                .filter(event -> event.number() <= known
                        || event.event().time().isBefore(newest.event().time()))
                .toList();
        JournalStep step = new JournalStep(source.id(), from, newest.position());
        boolean done = publish(publication(ready, changes, Optional.of(step)));
        if (done) {
            source.forget(newest.position());
        }
        return !done || !all || waiting.size() == BATCH;
    }

    private boolean publish(Publication publication) {
        boolean done = log.publish(publication);
        if (!done) {
            expiring.forgetRules();
        }
        return done;
    }

    /** Merges events by their times, and keeps the order of each list. Of the same time, changes come first. */
    private Publication publication(
            List<EventLog.Waiting> waiting, List<ChangeJournal.Change> changes, Optional<JournalStep> step) {
        List<Event> merged = new ArrayList<>();
        int next = 0;
        for (ChangeJournal.Change change : changes) {
            while (next < waiting.size()
                    && waiting.get(next).event().time().isBefore(change.event().time())) {
                merged.add(waiting.get(next++).event());
            }
            merged.add(change.event());
        }
        waiting.subList(next, waiting.size()).forEach(event -> merged.add(event.event()));
        return new Publication(
                merged,
                waiting.stream().map(EventLog.Waiting::number).toList(),
                step,
                Optional.of(expiring.among(merged)));
    }
}
