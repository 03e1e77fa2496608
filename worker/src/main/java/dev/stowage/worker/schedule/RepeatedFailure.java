package dev.stowage.worker.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Selects which failures of frequent work are logged: the first one of a kind, and then one an hour, until the work succeeds. For one thread
 * at a time.
 */
public final class RepeatedFailure {

    private static final Duration INTERVAL = Duration.ofHours(1);

    private final InstantSource clock;
    private String kind = "";
    private Instant next = Instant.MIN;

    public RepeatedFailure(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether to log this failure. */
    public boolean isDue(Throwable failure) {
        String current = failure.toString();
        Instant now = clock.instant();
        if (current.equals(kind) && now.isBefore(next)) {
            return false;
        }
        kind = current;
        next = now.plus(INTERVAL);
        return true;
    }

    /** The work succeeded. */
    public void end() {
        kind = "";
    }
}
