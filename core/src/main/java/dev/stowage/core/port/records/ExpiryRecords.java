package dev.stowage.core.port.records;

import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.lifecycle.RuleScan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules by which files expire, and the record of files that may be due.
 *
 * <p>A file is recorded when its event is published ({@link EventLog.Publication}), or when a scan for a rule finds it. For each key there is
 * one record. Recording a file again keeps the earlier time, and changes the revision.
 *
 * <p>Implementations are safe for concurrent use, also by several processes. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 */
public interface ExpiryRecords {

    /** The maximum number of files that are recorded in one call. */
    int MAX_AT_ONCE = 1000;

    /** The maximum number of files that are due, or looked at, in one call. */
    int MAX_DUE = 4000;

    /** Returns the current rules. */
    LifecycleRules rules();

    /**
     * Replaces all rules, unless they are no longer those of {@code version}. For new and changed rules, older files
     * are searched from the beginning.
     *
     * @param rules of which no two have the same prefix and id
     * @return whether they were replaced
     */
    boolean replace(long version, List<LifecycleRule> rules);

    /** Returns a scan that is not complete, one of the oldest; empty when all are. */
    Optional<RuleScan> nextScan();

    /**
     * Records a page of a scan. Does nothing when the rule was changed, or another process has recorded the page.
     *
     * @param next the token of the next page; empty when the scan is complete
     * @param found the files that may be due, at most {@link #MAX_AT_ONCE}, each once
     * @return whether it was recorded
     */
    boolean scanned(RuleScan scan, Optional<String> next, List<DueFile> found);

    /**
     * Returns files to look at, those that have waited longest first, and in the order of their keys if they have waited equally long.
     *
     * @param after the last one that was returned before; empty to begin with the first
     * @param max 1 to {@link #MAX_DUE}
     */
    List<DueFile> due(Instant now, Optional<DueFile> after, int max);

    /**
     * Records what was found, of at most {@link #MAX_DUE} files. Files that were recorded again meanwhile are left as they are.
     *
     * @param done files to forget
     * @param postponed files to look at again, at other times
     */
    void settle(List<DueFile> done, List<DueFile> postponed);
}
