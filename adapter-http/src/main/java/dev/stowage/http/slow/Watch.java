package dev.stowage.http.slow;

import dev.stowage.http.limit.Limits;
import java.time.Duration;

/** Judges one connection by looking at it again and again. For one thread. */
final class Watch {

    /** The server sees every byte of a body as it comes. */
    static final Duration SENDING = Duration.ofSeconds(30);

    /**
     * Of an answer it sees only what its system takes, which does so in large pieces, as a third of its buffer is free again: to a client of
     * two kilobytes a second it may have nothing to give for half a minute.
     */
    static final Duration RECEIVING = Duration.ofSeconds(60);

    private final Line line;
    private final long headerTimeout;
    private final long minRate;
    private final Patience patience;
    private long requests;
    private long moved;
    private long inHead;
    private long spent;
    private boolean isRefused;

    Watch(Line line, Limits limits) {
        this.line = line;
        this.headerTimeout = limits.headerTimeout().toNanos();
        this.minRate = limits.minTransferRate();
        this.patience = new Patience(Math.max(1, minRate));
    }

    /**
     * Looks, and gives the client up when it has taken too long.
     *
     * @param passed since the last look, in nanoseconds
     * @return whether the client was given up
     */
    boolean look(long passed) {
        long bytes = line.moved() - moved;
        moved += bytes;
        if (line.requests() != requests) {
            requests = line.requests();
            inHead = 0;
            patience.restore();
            isRefused = false;
        }
        inHead = line.isInHead() ? inHead + passed : 0;
        if (inHead > headerTimeout) {
            line.cut();
            return true;
        }
        spent = 0;
        if (minRate > 0 && line.isHandling()) {
            patience.note(line.isReading() || line.isWriting() ? passed : 0, bytes);
            spent = patience.spent();
            return spent > (line.isWriting() ? RECEIVING : SENDING).toNanos() && giveUp();
        }
        return false;
    }

    /** How much patience the request under way had taken at the last look, in nanoseconds. */
    long spent() {
        return spent;
    }

    /** Waits for the client no longer. One that sends is told so, and gets as much time again to listen. */
    boolean giveUp() {
        if (line.isWriting() || isRefused) {
            line.cut();
        } else {
            isRefused = true;
            patience.restore();
            line.refuse();
        }
        return true;
    }
}
