package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.ItemPage;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.port.BatchJobs;
import java.util.Optional;

/** Lists the items of a job, a page at a time. */
public final class ListJobItems {

    private final BatchJobs jobs;
    private final GetJob getJob;

    public ListJobItems(BatchJobs jobs, AccessPolicy access) {
        this.jobs = jobs;
        this.getJob = new GetJob(jobs, access);
    }

    /**
     * A page, by the items' order in the source.
     *
     * @param state only those in it; empty for all
     * @param limit 1 to 1000
     * @param cursor what the page before gave
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is none of ours
     */
    public ItemPage list(Principal principal, JobId id, Optional<ItemState> state, int limit, Optional<String> cursor) {
        long after = Cursors.parse(cursor).orElse(0);
        int max = Cursors.limit(limit);
        JobId own = getJob.get(principal, id).job().id();
        return jobs.items(own, state, max, after);
    }
}
