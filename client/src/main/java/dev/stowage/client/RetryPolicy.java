package dev.stowage.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long a failed call is repeated, and with which pauses: exponential backoff with full jitter.
 *
 * @param retryTimeout how long to continue after the first failure
 * @param first the longest first pause; doubled with each failure, up to {@code longest}
 * @param time in which the pauses are made
 */
record RetryPolicy(Duration retryTimeout, Duration first, Duration longest, Time time) {

    /** The passing of time, in nanoseconds. */
    interface Time {

        /** As {@link System#nanoTime}. */
        long now();

        void sleep(long nanos) throws InterruptedException;
    }

    private static final Time SYSTEM = new Time() {
        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    };

    RetryPolicy(Duration retryTimeout, Duration first, Duration longest) {
        this(retryTimeout, first, longest, SYSTEM);
    }

    /** Returns the policy of clients, in another time. */
    static RetryPolicy of(Duration retryTimeout, Time time) {
        return new RetryPolicy(retryTimeout, Duration.ofMillis(200), Duration.ofSeconds(5), time);
    }

    static RetryPolicy of(Duration retryTimeout) {
        return of(retryTimeout, SYSTEM);
    }

    Attempts begin() {
        return new Attempts();
    }

    /** The attempts at one call. Used by one thread. */
    final class Attempts {

        private int failures;
        private long deadline;

        /** Forgets earlier failures, because a later attempt has achieved something. */
        void progress() {
            failures = 0;
        }

        /**
         * Waits before the next attempt.
         *
         * @param wanted the pause that the service asks for; zero for none
         * @return false, at once, when the retry timeout has passed
         */
        boolean pause(Duration wanted) throws InterruptedException {
            long now = time.now();
            if (failures == 0) {
                deadline = now + retryTimeout.toNanos();
            }
            long pause = Math.max(wanted.toNanos(), next());
            if (now + pause - deadline > 0) {
                return false;
            }
            time.sleep(pause);
            return true;
        }

        /** Waits before the next attempt of a loop that has no timeout. */
        void pause() throws InterruptedException {
            time.sleep(next());
        }

        private long next() {
            long most = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures, 20));
            failures++;
            return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        }
    }
}
