package dev.stowage.repositories;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * A database with the tables of the repositories. Safe for concurrent use, by this process and by others.
 *
 * <p>The methods throw {@link dev.stowage.core.error.StorageUnavailable} when the database does not respond as expected, and within a bounded
 * time. Exceptions thrown by a query or a change pass unchanged.
 */
public interface SqlDatabase {

    /** Runs a query; each statement sees everything committed before it. */
    <T> T read(Function<Handle, T> query);

    /**
     * Makes a change atomically; it is durable when this returns. The function may run more than once, after a conflict with another
     * transaction, and must have no effect outside the database. It must be quick, and must not commit or roll back. An exception rolls the
     * change back. On a full disk it uses the space reserved for deletions, heartbeats and the like; use {@link #add} for changes that add data.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when nothing was changed, or with
     *     {@link dev.stowage.core.error.StorageUnavailable#isOutcomeUnknown} when that is not known
     */
    <T> T write(Function<Handle, T> change);

    /**
     * Like {@link #write}, for data that stays, such as sessions, jobs and the bytes of uploads.
     *
     * @throws dev.stowage.core.error.StorageFull while little space is free, so that deletions still succeed
     */
    <T> T add(Function<Handle, T> change);

    /** What differs from other databases. */
    SqlDialect dialect();
}
