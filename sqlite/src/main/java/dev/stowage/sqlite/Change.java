package dev.stowage.sqlite;

import org.jdbi.v3.core.Handle;

/** A change of the database, made entirely or not at all. */
@FunctionalInterface
public interface Change<T> {

    /**
     * Runs on the writer's thread, within a transaction that it shares with other changes; so it must be quick, and must not commit or
     * roll back. An exception undoes this change only.
     */
    T apply(Handle handle);
}
