package dev.stowage.core.port;

import dev.stowage.core.event.Event;
import java.util.List;

/**
 * The journal of a store that records each change of an object together with the change, in the order of the changes. The service takes
 * the changes from it and publishes them as events. Changes of objects that {@link dev.stowage.core.event.Event#concerns} excludes are left
 * out.
 *
 * <p>Implementations are safe for concurrent use, also by several processes. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable}; every wait is bounded.
 */
public interface ChangeJournal {

    /** Returns the id of this journal, which differs from those of all others. */
    String id();

    /**
     * Returns changes in their order.
     *
     * @param position of the last change of the previous page; 0 for the first page
     * @param max 1 to 1000
     */
    List<Change> after(long position, int max);

    /** Returns the position of the last change that was ever recorded; 0 for none. */
    long last();

    /** Deletes the changes up to a position, at some time soon. */
    void forget(long position);

    /**
     * A change in the journal of a store.
     *
     * @param position of the change in the journal, growing
     */
    record Change(long position, Event event) {}
}
