package dev.stowage.worker.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before an item is retried: 1 s, 3 s, 9 s and so on up to 5 minutes, with a jitter of 25 %. */
final class Backoff {

    private static final long FIRST_MILLIS = 1000;
    private static final int FACTOR = 3;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final double JITTER = 0.25;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param attempts how many attempts have failed, from 1 */
    Duration after(int attempts) {
        double millis = Math.min(FIRST_MILLIS * Math.pow(FACTOR, attempts - 1.0), (double) LONGEST_MILLIS);
        return Duration.ofMillis((long) (millis * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
