package dev.stowage.worker.job;

import java.util.concurrent.atomic.LongAdder;

/** Counts of item outcomes since the start of this process. Safe for concurrent use. */
public final class JobCounts {

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder retried = new LongAdder();

    /** Creates counts of zero. */
    public JobCounts() {
        // All counts begin at zero.
    }

    /** Items that succeeded. */
    public long succeeded() {
        return succeeded.sum();
    }

    /** Items that failed and are not retried. */
    public long failed() {
        return failed.sum();
    }

    /** Items with nothing to do. */
    public long skipped() {
        return skipped.sum();
    }

    /** Attempts that failed and are retried. */
    public long retried() {
        return retried.sum();
    }

    void count(long done, long failures, long skips, long retries) {
        succeeded.add(done);
        failed.add(failures);
        skipped.add(skips);
        retried.add(retries);
    }
}
