package dev.stowage.http.slow;

import dev.stowage.http.limit.Limits;
import java.time.Duration;

/** Monitors one connection by checking it periodically. For one thread. */
final class StallMonitor {

    /** The budget of a client that sends. The server sees every byte of a body as it arrives. */
    static final Duration SENDING = Duration.ofSeconds(30);

    /**
     * The budget of a client that receives. The server sees only what the operating system accepts, which happens in large steps, when a
     * third of its send buffer is free: with a client of two kilobytes a second it may accept nothing for half a minute.
     */
    static final Duration RECEIVING = Duration.ofSeconds(60);

    private final WatchedConnection connection;
    private final long headerTimeout;
    private final long minRate;
    private final StallBudget budget;
    private long requests;
    private long moved;
    private long inHead;
    private long spent;
    private boolean isRefused;

    StallMonitor(WatchedConnection connection, Limits limits) {
        this.connection = connection;
        this.headerTimeout = limits.headerTimeout().toNanos();
        this.minRate = limits.minTransferRate();
        this.budget = new StallBudget(Math.max(1, minRate));
    }

    /**
     * Checks the connection, and disconnects the client when its budget is used up.
     *
     * @param passed the time since the last check, in nanoseconds
     * @return whether the client was disconnected
     */
    boolean check(long passed) {
        long bytes = connection.moved() - moved;
        moved += bytes;
        if (connection.requests() != requests) {
            requests = connection.requests();
            inHead = 0;
            budget.restore();
            isRefused = false;
        }
        inHead = connection.isInHead() ? inHead + passed : 0;
        if (inHead > headerTimeout) {
            connection.cut();
            return true;
        }
        spent = 0;
        if (minRate > 0 && connection.isHandling()) {
            budget.record(connection.isReading() || connection.isWriting() ? passed : 0, bytes);
            spent = budget.spent();
            return spent > (connection.isWriting() ? RECEIVING : SENDING).toNanos() && disconnect();
        }
        return false;
    }

    /** The budget that the running request had used at the last check, in nanoseconds. */
    long spent() {
        return spent;
    }

    /** Stops waiting for the client. A client that sends gets an error response, and the same time again to read it. */
    boolean disconnect() {
        if (connection.isWriting() || isRefused) {
            connection.cut();
        } else {
            isRefused = true;
            budget.restore();
            connection.refuse();
        }
        return true;
    }
}
