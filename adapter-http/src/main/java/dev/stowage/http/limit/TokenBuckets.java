package dev.stowage.http.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each of many names: each request takes a token, and the bucket is refilled at a steady rate.
 *
 * <p>The state of a bucket is the time at which it will be full again (the Generic Cell Rate Algorithm, ITU-T I.371, annex A). Full buckets
 * are not kept, and the number of the others is bounded: when all places are taken, new names share one bucket. Safe for concurrent use,
 * without locks.
 */
final class TokenBuckets {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The bucket shared by the names without a place. */
    private static final String OTHERS = "";

    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicLong tidiedAt;
    private final long interval;
    private final long capacity;
    private final int places;
    private final LongSupplier nanoTime;

    /**
     * The result of a request.
     *
     * @param granted whether a token was taken
     * @param left the whole tokens that remain
     * @param secondsToNext the time to the next token, in whole seconds, at least 1
     */
    record Grant(boolean granted, long left, long secondsToNext) {}

    /**
     * @param rate tokens added per second, 1 to 1e9
     * @param burst the tokens of a full bucket, at least 1
     * @param places the maximum number of buckets
     * @param nanoTime the current time, as {@link System#nanoTime()}
     */
    TokenBuckets(int rate, int burst, int places, LongSupplier nanoTime) {
        this.interval = SECOND / rate;
        this.capacity = interval * burst;
        this.places = places;
        this.nanoTime = nanoTime;
        this.tidiedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes a token from the bucket of {@code name}, if it has one. */
    Grant take(String name) {
        long now = nanoTime.getAsLong();
        String bucket = hasPlace(name, now) ? name : OTHERS;
        while (true) {
            Long known = fullAt.get(bucket);
            long missing = known == null ? 0 : Math.max(0, known - now);
            if (missing > capacity - interval) {
                return grant(false, missing);
            }
            long next = now + missing + interval;
            boolean taken =
                    known == null ? fullAt.putIfAbsent(bucket, next) == null : fullAt.replace(bucket, known, next);
            if (taken) {
                return grant(true, missing + interval);
            }
        }
    }

    /** The number of buckets. */
    int size() {
        return fullAt.size();
    }

    /** @param missing the time until the bucket is full */
    private Grant grant(boolean granted, long missing) {
        long left = (capacity - missing) / interval;
        long more = missing - (capacity - (left + 1) * interval);
        return new Grant(granted, left, Math.max(1, (more + SECOND - 1) / SECOND));
    }

    private boolean hasPlace(String name, long now) {
        if (fullAt.size() < places || fullAt.containsKey(name)) {
            return true;
        }
        long tidied = tidiedAt.get();
        // Scanning all buckets on every request would be too expensive when a client makes up thousands of names.
        if (now - tidied >= SECOND && tidiedAt.compareAndSet(tidied, now)) {
            fullAt.values().removeIf(moment -> moment - now <= 0);
        }
        return fullAt.size() < places;
    }
}
