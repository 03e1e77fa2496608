package dev.stowage.postgres;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.repositories.SqlDatabase;
import dev.stowage.repositories.SqlDialect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database with a pool of connections. Safe for concurrent use, also by many nodes.
 *
 * <p>Transactions are READ COMMITTED: each statement sees what was committed before it began. A change that depends on what it has read
 * locks the rows first.
 *
 * <p>Queries and changes are retried after serialization failures, deadlocks and lost connections, for about ten seconds, so they must have
 * no effects outside the database. Once the database has been unreachable for that long, further calls fail within about a second. Every
 * wait is bounded. The caller gets these failures:
 *
 * <ul>
 *   <li>exceptions of the query or change itself, unchanged, after a rollback;
 *   <li>{@link dev.stowage.core.error.StorageFull} when the server's disk is full;
 *   <li>{@link dev.stowage.core.error.StorageRejected} when the server refuses the user or a permission is missing;
 *   <li>{@link StorageUnavailable} otherwise, also when the thread is interrupted. Nothing was changed then, unless
 *       {@link StorageUnavailable#isOutcomeUnknown}: the connection was lost after COMMIT was sent, or a standby did not
 *       confirm.
 * </ul>
 */
public final class PostgresDatabase implements SqlDatabase, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final PostgresConnections connections;
    private final ConnectionPool pool;
    private final Transactions transactions;
    private volatile boolean closed;
    private volatile boolean outdated;

    private PostgresDatabase(PostgresConnections connections, Retries retries) {
        this.connections = connections;
        pool = new ConnectionPool(connections.pool(), retries.limit());
        transactions = new Transactions(pool, retries);
    }

    /**
     * Opens the database, and migrates its schema if it is older than this version.
     *
     * @throws dev.stowage.core.error.StorageRejected when the server is too old or refuses the user, when a newer version has changed the
     *     schema so that this one can't use it, or when the user may not migrate an older schema
     * @throws StorageUnavailable when the server can't be reached
     */
    public static PostgresDatabase open(PostgresConfig config) {
        return open(config, Retries.DEFAULT);
    }

    static PostgresDatabase open(PostgresConfig config, Retries retries) {
        PostgresConnections connections = new PostgresConnections(config);
        SchemaUpdate update = PostgresSchema.prepare(connections, config.place());
        if (update.isChange()) {
            LOG.info("{}", update);
        }
        return new PostgresDatabase(connections, retries);
    }

    /**
     * Migrates the schema to that of this version. Does nothing when it is the same or newer. Of several processes that call this at the
     * same time, one migrates, and the others wait for it, for a minute at most.
     *
     * @throws dev.stowage.core.error.StorageRejected when the database has other tables, or the user may not create tables
     * @throws StorageUnavailable when the server can't be reached, or nodes keep a table locked; the call can be repeated
     */
    public static SchemaUpdate migrate(PostgresConfig config) {
        return PostgresSchema.prepare(new PostgresConnections(config), config.place());
    }

    /**
     * Examines the server and the tables, and changes nothing.
     *
     * @param host the clock of this machine, to compare with the database's
     * @throws dev.stowage.core.error.StorageRejected when {@link #open} would reject the server, the user or the tables
     * @throws StorageUnavailable when the server can't be reached
     */
    public static DatabaseState examine(PostgresConfig config, InstantSource host) {
        return PostgresSchema.examine(new PostgresConnections(config), config.place(), host);
    }

    /** Runs a query, which may run more than once. Each of its statements sees everything committed before it. */
    @Override
    public <T> T read(Function<Handle, T> query) {
        checkOpen();
        return transactions.read(query);
    }

    /**
     * Makes a change in one transaction; it is durable when this returns. The function may run more than once, and must not commit or roll
     * back. When it throws, nothing is changed.
     */
    @Override
    public <T> T write(Function<Handle, T> change) {
        checkOpen();
        return transactions.write(change);
    }

    /**
     * Like {@link #write}, for data that stays.
     *
     * @throws dev.stowage.core.error.StorageFull when the server's disk is full
     */
    @Override
    public <T> T add(Function<Handle, T> change) {
        return write(change);
    }

    @Override
    public SqlDialect dialect() {
        return PostgresDialect.INSTANCE;
    }

    /**
     * Checks that this version can still use the schema, which a newer version may have changed. To be called every few seconds. If it can't,
     * that is logged as an error, and all later calls of any method fail with {@link StorageUnavailable}, since the meaning of columns may
     * have changed. The node has to be replaced.
     *
     * @throws StorageUnavailable when this version can no longer use the schema, or the server can't be reached
     */
    public void checkSchema() {
        read(PostgresSchema::outdated).ifPresent(reason -> {
            outdated = true;
            LOG.error("The database is no longer used: {}", reason);
            throw outdated();
        });
    }

    /**
     * Listens for signals of this and other nodes.
     *
     * @param channel 1 to 60 lower-case letters and underscores
     * @param listener called on a thread of its own with the text of each signal, and with an empty one after each connect;
     *     it should return soon
     */
    public PostgresSignals listen(String channel, Consumer<String> listener) {
        return new PostgresSignals(connections, channel, listener);
    }

    /**
     * Sends a signal to all nodes that listen. It may be lost, also when the database can't be reached. To be sent after the
     * change that it is about was made, and not from within: transactions that notify commit one after the other.
     *
     * @param text up to 7999 bytes
     */
    public void signal(String channel, String text) {
        try {
            int unused =
                    read(handle -> handle.execute("SELECT pg_notify(?, ?)", PostgresSignals.checked(channel), text));
        } catch (StorageException e) {
            LOG.debug("A signal was not sent", e);
        }
    }

    /**
     * Folds changes of the usage of projects into their totals, which keeps reading the totals fast. To be called at intervals, by any node.
     *
     * @param most the maximum number of changes to fold
     * @return how many were folded
     */
    public long foldUsage(int most) {
        return write(handle -> handle.createQuery("SELECT usage_fold(:most)")
                .bind("most", most)
                .mapTo(Long.class)
                .one());
    }

    /** Returns the current state of the connection pool. */
    public PoolState pool() {
        return pool.state();
    }

    /** Queries the current load of the database, for operators. Cheap. */
    public DatabaseLoad load() {
        return read(
                handle -> handle.createQuery("SELECT (SELECT count(*) FROM (SELECT 1 FROM usage_delta LIMIT :most) d),"
                                + " (SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock')")
                        .bind("most", DatabaseLoad.MOST_CHANGES)
                        .map((row, context) -> new DatabaseLoad(row.getLong(1), row.getLong(2)))
                        .one());
    }

    /** Waits up to five seconds for changes in progress, and closes all connections; later calls fail. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            long deadline = System.nanoTime() + CLOSING.toNanos();
            while (pool().active() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            if (pool().active() > 0) {
                LOG.warn("A transaction did not end within {} s; its connection is closed", CLOSING.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageUnavailable("The database is closed", null);
        }
        if (outdated) {
            throw outdated();
        }
    }

    private static StorageUnavailable outdated() {
        return new StorageUnavailable(
                "The database was migrated for a newer version of the service, which must replace this one", null);
    }
}
