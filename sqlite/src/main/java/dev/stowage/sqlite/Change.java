package dev.stowage.sqlite;

import org.jdbi.v3.core.Handle;

/** A change of the database that is made entirely or not at all. */
@FunctionalInterface
public interface Change<T> {

    /**
     * Runs on the writer's thread, in a transaction shared with other changes. It must be quick, and must not commit or
     * roll back. An exception undoes only this change.
     */
    T apply(Handle handle);
}
