package dev.stowage.core.port.records;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.port.ChangeJournal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable log of events, in the order in which they are published.
 *
 * <p>An event is recorded with the change that it is about, and then waits to be published: those of uploads and jobs, and of files in a
 * store without a journal, in this database; those of files in a store with a {@link ChangeJournal}, there. Publishing gives events their
 * ids. An event that is recorded later than another one is not published before it.
 *
 * <p>Implementations are safe for concurrent use, also by several processes. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 */
public interface EventLog {

    /** The maximum number of events in one call. */
    int MAX_AT_ONCE = 1000;

    /**
     * Returns events that wait to be published, the oldest first.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     */
    List<Waiting> waiting(int max);

    /** Returns the position up to which the changes of a journal are published; 0 for an unknown journal. */
    long position(String journal);

    /**
     * Publishes events in one step. Does nothing when another process has published some of them meanwhile, or the rules by which files
     * expire have changed.
     *
     * @return whether they were published by this call
     */
    boolean publish(Publication publication);

    /**
     * What is published in one step.
     *
     * @param events in their order: those that waited, and those of a journal
     * @param waiting the numbers of those that waited; unmodifiable
     * @param step in a journal; empty when there is none
     * @param expiring the files among them that may expire; empty to record nothing about that
     */
    record Publication(
            List<Event> events, List<Long> waiting, Optional<JournalStep> step, Optional<Expiring> expiring) {
        public Publication {
            events = List.copyOf(events);
            waiting = List.copyOf(waiting);
        }

        /** Creates a publication that records nothing about the expiry of files. */
        public Publication(List<Event> events, List<Long> waiting, Optional<JournalStep> step) {
            this(events, waiting, step, Optional.empty());
        }
    }

    /**
     * The files that may expire, and are recorded in {@link ExpiryRecords} with their events. When the rules have changed, nothing is
     * published.
     *
     * @param rulesVersion of the rules that were compared
     * @param files each once; unmodifiable
     */
    record Expiring(long rulesVersion, List<DueFile> files) {
        public Expiring {
            files = List.copyOf(files);
        }
    }

    /**
     * The progress in a journal.
     *
     * @param journal the id of the journal
     * @param from its position before, by {@link #position}
     * @param to its position afterwards
     */
    record JournalStep(String journal, long from, long to) {}

    /**
     * Returns published events in the order of their ids.
     *
     * @param id the id of the last event of the previous page; 0 for the first page
     * @param max 1 to {@link #MAX_AT_ONCE}
     */
    List<LoggedEvent> after(long id, int max);

    /** Returns which events there are. */
    Range range();

    /** Returns the id of the last event that a sink has taken; 0 for an unknown sink. */
    long taken(String sink);

    /** Records the id of the last event that a sink has taken, unless a later one is recorded. */
    void take(String sink, long id);

    /**
     * Deletes published events that are older than {@code before}, the oldest first, up to a thousand.
     *
     * @return the number of deleted events; callers repeat the call until it is 0
     */
    int prune(Instant before);

    /**
     * The events that the log has: those after {@code pruned}, up to {@code last}.
     *
     * @param pruned the id of the last event that was deleted; 0 for none
     * @param last the id of the last event; 0 when there has never been one
     */
    record Range(long pruned, long last) {}

    /**
     * An event that waits to be published.
     *
     * @param number unique, growing
     */
    record Waiting(long number, Event event) {}
}
