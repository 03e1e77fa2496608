package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobPage;
import dev.stowage.core.port.BatchJobs;
import java.util.Optional;

/** Lists jobs, newest first, a page at a time. */
public final class ListJobs {

    private final BatchJobs jobs;
    private final AccessPolicy access;

    public ListJobs(BatchJobs jobs, AccessPolicy access) {
        this.jobs = jobs;
        this.access = access;
    }

    /**
     * A page of {@code principal}'s own.
     *
     * @param limit 1 to 1000
     * @param cursor what the page before gave
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to jobs
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is none of ours
     */
    public JobPage list(Principal principal, JobFilter filter, int limit, Optional<String> cursor) {
        access.check(principal, Action.JOBS);
        return jobs.list(filter.ofOwner(principal.id()), Cursors.limit(limit), Cursors.parse(cursor));
    }
}
