package dev.stowage.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and for how long, something is retried.
 *
 * @param attempts the maximum number, including the first one
 * @param limit the time after which no attempt begins
 * @param first about how long the first pause is; each later pause is twice as long
 * @param longest the longest pause
 */
record Retries(int attempts, Duration limit, Duration first, Duration longest) {

    static final Retries DEFAULT =
            new Retries(15, Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofSeconds(1));

    /** The pause after an attempt, counted from 1. Randomized, so that transactions that collided don't collide again. */
    Duration pause(int attempt) {
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
