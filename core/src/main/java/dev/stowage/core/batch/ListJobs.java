package dev.stowage.core.batch;

import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobPage;
import dev.stowage.core.port.BatchJobs;
import java.util.Optional;

/** Lists jobs, newest first, a page at a time. */
public final class ListJobs {

    private final BatchJobs jobs;

    public ListJobs(BatchJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * A page.
     *
     * @param limit 1 to 1000
     * @param cursor what the page before gave
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is none of ours
     */
    public JobPage list(JobFilter filter, int limit, Optional<String> cursor) {
        return jobs.list(filter, Cursors.limit(limit), Cursors.parse(cursor));
    }
}
