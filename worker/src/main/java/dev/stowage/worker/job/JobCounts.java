package dev.stowage.worker.job;

import java.util.concurrent.atomic.LongAdder;

/** What became of items since the start of this process. Safe for concurrent use. */
public final class JobCounts {

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder retried = new LongAdder();

    /** None yet. */
    public JobCounts() {
        // All of them begin at zero.
    }

    /** Items done. */
    public long succeeded() {
        return succeeded.sum();
    }

    /** Items that failed for good. */
    public long failed() {
        return failed.sum();
    }

    /** Items with nothing to do. */
    public long skipped() {
        return skipped.sum();
    }

    /** Attempts that failed and are repeated. */
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
