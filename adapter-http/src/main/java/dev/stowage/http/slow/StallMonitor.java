package dev.stowage.http.slow;

import dev.stowage.http.limit.Limits;
import java.time.Duration;

/** Judges one connection by looking at it again and again. For one thread. */
final class StallMonitor {

    /** The server sees every byte of a body as it comes. */
    static final Duration SENDING = Duration.ofSeconds(30);

    /**
     * Of an answer it sees only what its system takes, which does so in large pieces, as a third of its buffer is free again: to a client of
     * two kilobytes a second it may have nothing to give for half a minute.
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
     * Looks, and gives the client up when it has taken too long.
     *
     * @param passed since the last look, in nanoseconds
     * @return whether the client was given up
     */
    boolean look(long passed) {
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
            budget.note(connection.isReading() || connection.isWriting() ? passed : 0, bytes);
            spent = budget.spent();
            return spent > (connection.isWriting() ? RECEIVING : SENDING).toNanos() && giveUp();
        }
        return false;
    }

    /** How much budget the request under way had taken at the last look, in nanoseconds. */
    long spent() {
        return spent;
    }

    /** Waits for the client no longer. One that sends is told so, and gets as much time again to listen. */
    boolean giveUp() {
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
