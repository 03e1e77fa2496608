package dev.stowage.worker;

import dev.stowage.core.port.Maintenance.Freed;
import java.util.concurrent.atomic.LongAdder;

/** What the work in the background has done since the start of this process. Safe for concurrent use. */
public final class SweepCounts {

    private final LongAdder resumed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder expiredBytes = new LongAdder();
    private final LongAdder orphans = new LongAdder();
    private final LongAdder storeItems = new LongAdder();
    private final LongAdder storeBytes = new LongAdder();

    SweepCounts() {}

    /** Uploads left half way that were brought to their end. */
    public long resumedUploads() {
        return resumed.sum();
    }

    /** Uploads freed that an ended process had begun by itself. */
    public long abandonedUploads() {
        return abandoned.sum();
    }

    /** Uploads expired as nobody went on with them. */
    public long expiredUploads() {
        return expired.sum();
    }

    /** The size of the expired uploads' parts. */
    public long expiredBytes() {
        return expiredBytes.sum();
    }

    /** Uploads aborted that only the store knew of. */
    public long orphanUploads() {
        return orphans.sum();
    }

    /** What was left behind in the store, and freed: how many. */
    public long storeItems() {
        return storeItems.sum();
    }

    /** What was left behind in the store, and freed: how large. */
    public long storeBytes() {
        return storeBytes.sum();
    }

    void countResumed(int uploads) {
        resumed.add(uploads);
    }

    void countAbandoned(int uploads) {
        abandoned.add(uploads);
    }

    void countExpired(Freed freed) {
        expired.add(freed.items());
        expiredBytes.add(freed.bytes());
    }

    void countOrphans(int uploads) {
        orphans.add(uploads);
    }

    void countStore(Freed freed) {
        storeItems.add(freed.items());
        storeBytes.add(freed.bytes());
    }
}
