package dev.stowage.core.job;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of jobs, newest first.
 *
 * @param jobs unmodifiable
 * @param next before which job, by the order of submission, the next page begins; empty on the last page
 */
public record JobPage(List<JobStatus> jobs, OptionalLong next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
