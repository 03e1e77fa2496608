package dev.stowage.worker;

import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.port.Maintenance.Freed;
import java.util.concurrent.atomic.LongAdder;

/** Counts of background work since the start of this process. Safe for concurrent use. */
public final class SweepCounts {

    private final LongAdder resumed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder expiredBytes = new LongAdder();
    private final LongAdder orphans = new LongAdder();
    private final LongAdder storeItems = new LongAdder();
    private final LongAdder storeBytes = new LongAdder();

    private final LongAdder files = new LongAdder();
    private final LongAdder fileBytes = new LongAdder();
    private final LongAdder failedFiles = new LongAdder();

    SweepCounts() {}

    /** Interrupted completions, abortions and expirations that were finished. */
    public long resumedUploads() {
        return resumed.sum();
    }

    /** Aborted uploads that ended processes had created for their own use. */
    public long abandonedUploads() {
        return abandoned.sum();
    }

    /** Uploads expired for inactivity. */
    public long expiredUploads() {
        return expired.sum();
    }

    /** The size of the expired uploads' parts. */
    public long expiredBytes() {
        return expiredBytes.sum();
    }

    /** Aborted uploads that only the store knew of. */
    public long orphanUploads() {
        return orphans.sum();
    }

    /** Leftovers deleted from the store. */
    public long storeItems() {
        return storeItems.sum();
    }

    /** The size of the leftovers deleted from the store, in bytes. */
    public long storeBytes() {
        return storeBytes.sum();
    }

    /** Files deleted because they had expired. */
    public long expiredFiles() {
        return files.sum();
    }

    /** The size of the files deleted because they had expired, in bytes. */
    public long expiredFileBytes() {
        return fileBytes.sum();
    }

    /** Failed attempts to delete files that had expired. */
    public long failedFiles() {
        return failedFiles.sum();
    }

    void countExpiredFiles(FileExpiry.Expired expired) {
        files.add(expired.files());
        fileBytes.add(expired.bytes());
        failedFiles.add(expired.failed());
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
