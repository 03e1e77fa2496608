package dev.stowage.local.index;

import org.jdbi.v3.core.Handle;

/** Something done to the index, entirely or not at all. */
@FunctionalInterface
public interface Change<T> {

    /**
     * Runs on the writer's thread, within a transaction that it shares with other changes; so it is quick, and leaves the
     * transaction alone. What it throws undoes it, and it only.
     */
    T apply(Handle handle);
}
