package dev.stowage.http.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each of many names: every request takes one, and they come back at a steady rate until the bucket is full.
 *
 * <p>What is kept of a bucket is the moment at which it will be full again, which says all (the Generic Cell Rate Algorithm, ITU-T I.371,
 * annex A). Full ones are not kept at all, and of the others there are so many at most, whatever names there are: when all places are
 * taken, names that are new share one bucket. Safe for concurrent use, without locks.
 */
final class TokenBuckets {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** For the names for which there is no place. */
    private static final String OTHERS = "";

    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicLong tidiedAt;
    private final long interval;
    private final long capacity;
    private final int places;
    private final LongSupplier nanoTime;

    /**
     * What became of a request.
     *
     * @param granted whether there was a token
     * @param left whole tokens that are left
     * @param secondsToNext until there is one more, in whole seconds, at least 1
     */
    record Grant(boolean granted, long left, long secondsToNext) {}

    /**
     * @param rate tokens that come back in a second, 1 to 1e9
     * @param burst tokens of a full bucket, at least 1
     * @param places how many buckets are kept
     * @param nanoTime what time it is, as {@link System#nanoTime()} has it
     */
    TokenBuckets(int rate, int burst, int places, LongSupplier nanoTime) {
        this.interval = SECOND / rate;
        this.capacity = interval * burst;
        this.places = places;
        this.nanoTime = nanoTime;
        this.tidiedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes a token from the bucket of that name, if there is one. */
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

    /** How many buckets are kept. */
    int size() {
        return fullAt.size();
    }

    /** @param missing how long it takes until the bucket is full */
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
        // Looking at all of them is not for every request of those who make up names by the thousands.
        if (now - tidied >= SECOND && tidiedAt.compareAndSet(tidied, now)) {
            fullAt.values().removeIf(moment -> moment - now <= 0);
        }
        return fullAt.size() < places;
    }
}
