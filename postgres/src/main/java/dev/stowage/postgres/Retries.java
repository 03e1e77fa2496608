package dev.stowage.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and for how long, a transaction is run again.
 *
 * @param attempts the most, with the first one
 * @param patience after which no other attempt begins
 * @param first about how long the first pause is; each further one is twice as long
 * @param longest the longest pause
 */
record Retries(int attempts, Duration patience, Duration first, Duration longest) {

    static final Retries DEFAULT =
            new Retries(15, Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofSeconds(1));

    /** The pause after an attempt, counted from 1. Random, so that those who collided don't do so again. */
    Duration pause(int attempt) {
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
