package dev.stowage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections that limits how long callers wait for one. While a server restarts, or a standby takes over, they wait. When no
 * caller has got a connection for some seconds, the server counts as unreachable. From then on, callers wait for a second at most, until one
 * of them gets a connection. Safe for concurrent use.
 */
final class ConnectionPool {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
    private static final long WAIT_WHILE_UNREACHABLE = Duration.ofSeconds(1).toMillis();

    /** Used without its data source, which has the same timeout for all callers. */
    private final HikariPool pool;

    private final Jdbi jdbi;
    private final int size;
    private final long wait;
    private final Duration limit;
    private volatile long lastOpened = System.nanoTime();
    private volatile boolean failing;
    private volatile boolean unreachable;
    /** When the first of the failing callers began to wait; only while {@link #failing}. */
    private long failingSince;

    /**
     * Creates a pool. It connects when the first connection is requested.
     *
     * @param config its connection timeout is the usual wait
     * @param limit the time without any connection after which the server counts as unreachable
     */
    ConnectionPool(HikariConfig config, Duration limit) {
        config.validate();
        this.pool = new HikariPool(config);
        this.jdbi = Jdbi.create(this::connection).registerArgument(new FlagArguments());
        this.size = config.getMaximumPoolSize();
        this.wait = Math.min(config.getConnectionTimeout(), limit.toMillis());
        this.limit = limit;
    }

    /**
     * Returns a connection, which the caller closes.
     *
     * @throws RuntimeException when there is none in time, or the thread is interrupted
     */
    Handle open() {
        long start = System.nanoTime();
        Handle handle;
        try {
            handle = jdbi.open();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                failed(start);
            }
            throw e;
        }
        lastOpened = System.nanoTime();
        if (failing) {
            succeeded();
        }
        return handle;
    }

    private Connection connection() throws SQLException {
        return pool.getConnection(unreachable ? WAIT_WHILE_UNREACHABLE : wait);
    }

    /** Removes a connection from the pool. */
    void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    /** Whether the server counts as unreachable, so that callers should not try again. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** Returns the current state of the pool. */
    PoolState state() {
        return new PoolState(
                pool.getActiveConnections(), pool.getIdleConnections(), pool.getThreadsAwaitingConnection(), size);
    }

    private synchronized void failed(long start) {
        if (lastOpened - start > 0) {
            // Others got one meanwhile, so the server is reachable, and all connections are in use.
            return;
        }
        if (!failing) {
            failing = true;
            failingSince = start;
        }
        if (!unreachable && System.nanoTime() - failingSince >= limit.toNanos()) {
            unreachable = true;
            LOG.warn("The database has been unreachable for {} s; requests no longer wait for it", limit.toSeconds());
        }
    }

    private synchronized void succeeded() {
        if (unreachable) {
            LOG.info("The database is reachable again");
        }
        failing = false;
        unreachable = false;
    }

    /** Closes all connections; later calls fail. Idempotent. */
    void close() {
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
