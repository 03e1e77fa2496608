package dev.stowage.core.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.RuleScan;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.core.port.service.Principals;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Expiry of files by workers. Each step is bounded, and may be repeated, also after a crash at any point. Safe for concurrent use, also by
 * several processes, which then do the same work twice.
 */
public final class FileExpiry {

    private final ObjectStore store;
    private final ExpiryRecords records;
    private final ExpireFiles expireFiles;
    private final InstantSource clock;

    /**
     * The result of a batch.
     *
     * @param looked the number of files that were looked at
     * @param files the number of files that were deleted
     * @param bytes their total size
     * @param failed the number of files that could not be deleted, and are tried again later
     */
    public record Expired(int looked, int files, long bytes, int failed) {}

    /**
     * @param principals the current rights of those who wrote rules
     * @param concurrency how many batches of files are looked at and deleted at once: from 1; more than 40 count as 40
     */
    public FileExpiry(
            ObjectStore store,
            ExpiryRecords records,
            Principals principals,
            AccessPolicy access,
            int concurrency,
            InstantSource clock) {
        this.store = store;
        this.records = records;
        this.expireFiles = new ExpireFiles(store, records, new RuleWriters(principals, access), access, concurrency);
        this.clock = clock;
    }

    /** Whether there is something to do. One query, or two. */
    public boolean isDue() {
        return !records.due(clock.instant(), Optional.empty(), 1).isEmpty()
                || records.nextScan().isPresent();
    }

    /**
     * Looks at the files that are due, up to ten times {@link ExpiryRecords#MAX_DUE}, and deletes those that have expired: each only in the
     * version that was looked at. When this returns or throws, no batch is in progress, unless one does not end within seconds after an
     * interrupt.
     *
     * @param done told of each batch when it is done, in the calling thread, also when another one fails
     * @return whether files were due
     * @throws dev.stowage.core.error.StorageUnavailable when the store or the record is unavailable, or the thread is interrupted
     */
    public boolean expireDue(Consumer<Expired> done) {
        return expireFiles.expire(clock.instant(), done);
    }

    /**
     * Lists a page of files that were stored before a rule was, and records those that it may take.
     *
     * @return whether there was a page; false when all scans are complete
     */
    public boolean scanPage() {
        Optional<RuleScan> next = records.nextScan();
        next.ifPresent(this::scan);
        return next.isPresent();
    }

    private void scan(RuleScan scan) {
        ListQuery first = ListQuery.of(scan.rule().prefix());
        ObjectPage page = store.list(scan.token().map(first::after).orElse(first));
        List<DueFile> found = page.objects().stream()
                .flatMap(file -> dueFile(scan, file).stream())
                .toList();
        boolean unused = records.scanned(scan, page.nextToken(), found);
    }

    private static Optional<DueFile> dueFile(RuleScan scan, ObjectSummary file) {
        ObjectKey key = file.key();
        return scan.rule().earliest(file).map(time -> DueFile.at(key, time));
    }
}
