package dev.stowage.core.eventlog;

import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ChangeIntents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Ends intents with their events, by the store's response or by reading the object. Where a change has been made, it never fails: what can't
 * be recorded now is recorded once the record is available again. Safe for concurrent use.
 */
final class ChangeSettlement {

    private static final int PAGE = 100;

    /** How long a store may take to finish a request that it has not responded to. */
    private static final Duration SETTLE_DELAY = Duration.ofMinutes(5);

    /** The maximum clock difference to the store; S3 rejects requests with a larger one. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);

    /** A further attempt is needed only if another change began and ended during the previous one. */
    private static final int MAX_READS = 10;

    private final ObjectStore store;
    private final ChangeIntents intents;
    private final InstantSource clock;

    /** What could not be recorded. Bounded by the changes that were running when the record failed, as none begins before it is empty. */
    private final Queue<LeftOver> leftOver = new ConcurrentLinkedQueue<>();

    ChangeSettlement(ObjectStore store, ChangeIntents intents, InstantSource clock) {
        this.store = store;
        this.intents = intents;
        this.clock = clock;
    }

    /**
     * Records what could not be recorded before.
     *
     * @throws StorageException when the record is still unavailable
     */
    void catchUp() {
        for (LeftOver next = leftOver.peek(); next != null; next = leftOver.peek()) {
            if (leftOver.remove(next)) {
                try {
                    next.record();
                } catch (StorageException e) {
                    leftOver.add(next);
                    throw e;
                }
            }
        }
    }

    /** Ends intents with the events that the store's response tells. */
    void end(List<ChangeIntents.Intent> begun, List<Event> events) {
        attempt(() -> intents.end(begun, events).forEach(this::look));
    }

    /** Defers intents whose requests may still change the store. */
    void markUncertain(List<ChangeIntents.Intent> begun) {
        if (!begun.isEmpty()) {
            attempt(() -> intents.markUncertain(begun, clock.instant().plus(SETTLE_DELAY)));
        }
    }

    /** See {@link EventStorage#settle}. */
    int settle() {
        catchUp();
        int settled = 0;
        FailureBudget failures = new FailureBudget();
        List<ChangeIntents.Intent> page = intents.abandoned(PAGE, 0, clock.instant());
        while (!page.isEmpty()) {
            for (ChangeIntents.Intent intent : page) {
                try {
                    settleByReading(intent);
                    settled++;
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            page = intents.abandoned(PAGE, page.get(page.size() - 1).id(), clock.instant());
        }
        failures.rethrow();
        return settled;
    }

    private void look(ChangeIntents.Intent intent) {
        try {
            settleByReading(intent);
        } catch (StorageException e) {
            markUncertain(List.of(intent));
        }
    }

    private void settleByReading(ChangeIntents.Intent intent) {
        for (int looks = 0; looks < MAX_READS; looks++) {
            if (intents.settle(intent, missing(intent))) {
                return;
            }
        }
        intents.markUncertain(List.of(intent), clock.instant());
    }

    /** Returns the event that tells what the object is now; empty if the last event does, or the intent changed nothing. */
    private Optional<Event> missing(ChangeIntents.Intent intent) {
        Optional<ObjectInfo> found = store.stat(intent.key());
        Optional<Event> last = intents.lastEvent(intent);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (found.isEmpty()) {
            boolean told =
                    last.map(event -> event.type() == EventType.FILE_DELETED).orElse(!intent.deletion());
            return told ? Optional.empty() : Optional.of(Event.deleted(intent.key(), now, intent.origin()));
        }
        ObjectInfo info = found.get();
        boolean told = last.isPresent()
                ? isOf(last.get(), info)
                : intent.deletion()
                        || info.lastModified().isBefore(intent.begunAt().minus(MAX_CLOCK_SKEW));
        EventType type = last.isPresent() && last.get().type() != EventType.FILE_DELETED
                ? EventType.FILE_UPDATED
                : EventType.FILE_CREATED;
        return told ? Optional.empty() : Optional.of(Event.stored(type, info, now, intent.origin()));
    }

    /** Bytes that were stored again with an expiry have the same ETag. */
    private static boolean isOf(Event event, ObjectInfo info) {
        return event.etag().equals(Optional.of(info.etag()))
                && (info.expiresAt().isEmpty() || event.expiresAt().isPresent());
    }

    private void attempt(LeftOver work) {
        try {
            work.record();
        } catch (StorageException e) {
            leftOver.add(work);
        }
    }

    /** What has to be recorded; may be recorded twice when the first attempt's outcome is unknown. */
    @FunctionalInterface
    private interface LeftOver {
        void record();
    }
}
