package dev.stowage.core.port.records;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ChangeJournal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of changes of objects in a store that has no {@link ChangeJournal}: an intent before the store is called, and the
 * event with its outcome afterwards. The intents that a crash leaves open tell which objects may have been changed without an event.
 *
 * <p>Several intents may be open for one object, and the order of their outcomes need not be that in which the store made the changes. The
 * one that ends last therefore stays open until an event says what the object is after all of them.
 *
 * <p>Implementations are safe for concurrent use, also by several processes. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 */
public interface ChangeIntents {

    /** The maximum number of objects in one call. */
    int MAX_AT_ONCE = 1000;

    /**
     * Opens intents of this process.
     *
     * @param keys 1 to {@link #MAX_AT_ONCE}, each once
     * @param deletion whether the objects are to be deleted
     * @return an intent for each key, in the keys' order
     */
    List<Intent> begin(List<ObjectKey> keys, boolean deletion, Origin origin, Instant now);

    /**
     * Records events, and ends intents.
     *
     * @param intents up to {@link #MAX_AT_ONCE}; those that have ended already are ignored
     * @param events of what the store has done
     * @return the intents that stay open, as the objects' states after concurrent changes are to be recorded by {@link #settle}
     */
    List<Intent> end(List<Intent> intents, List<Event> events);

    /**
     * Ends an intent with the event of an object's present state. Does nothing when another change of the object ended since
     * {@link #end} or the previous call, and none is open: the object has to be read again.
     *
     * @param event empty when the last event of the object says what it is
     * @return whether the intent has ended
     */
    boolean settle(Intent intent, Optional<Event> event);

    /** Leaves intents with an unknown outcome to be settled in the background at {@code due} or later. Ignores those that have ended. */
    void markUncertain(List<Intent> intents, Instant due);

    /**
     * Returns intents that only the caller will settle, by id: those of processes that are no longer alive, and those that are due.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the id of the last intent of the previous page; 0 for the first page
     */
    List<Intent> abandoned(int max, long after, Instant now);

    /** Returns the last event of the intent's object since the change began; empty for none. May look at many rows. */
    Optional<Event> lastEvent(Intent intent);

    /**
     * The record that an object is about to be changed in a store that has no journal.
     *
     * @param id unique, growing
     * @param deletion whether the object is to be deleted
     * @param begunAt when the change began
     * @param after the id of the last event before the change
     */
    record Intent(long id, ObjectKey key, boolean deletion, Origin origin, Instant begunAt, long after) {}
}
