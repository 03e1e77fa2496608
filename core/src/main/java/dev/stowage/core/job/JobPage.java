package dev.stowage.core.job;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of jobs, newest first.
 *
 * @param jobs unmodifiable
 * @param next the cursor of the next page, which begins before this job in the order of submission; empty on the last page
 */
public record JobPage(List<JobStatus> jobs, OptionalLong next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
