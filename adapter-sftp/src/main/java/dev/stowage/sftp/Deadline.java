package dev.stowage.sftp;

import java.time.Duration;

/**
 * When a call has to end.
 *
 * @param end as of {@link System#nanoTime}
 */
record Deadline(long end) {

    /** Calls without a body end within 30 seconds; the rest is for what they do last. */
    private static final Duration CALL = Duration.ofSeconds(25);

    /** A check ends within 5 seconds. */
    private static final Duration CHECK = Duration.ofMillis(4500);

    /** Longer than any body takes. Its requests are bounded one by one. */
    private static final Duration BODY = Duration.ofDays(365);

    static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    static Deadline ofCall() {
        return after(CALL);
    }

    static Deadline ofCheck() {
        return after(CHECK);
    }

    static Deadline ofBody() {
        return after(BODY);
    }

    /** Returns the time that is left, at most {@code limit}; not negative. */
    Duration remaining(Duration limit) {
        long left = Math.max(end - System.nanoTime(), 0);
        return Duration.ofNanos(Math.min(left, limit.toNanos()));
    }
}
