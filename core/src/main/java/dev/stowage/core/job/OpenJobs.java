package dev.stowage.core.job;

import java.util.List;
import java.util.Optional;

/**
 * Jobs with work to do, of some owners.
 *
 * @param jobs by owner; unmodifiable
 * @param next the cursor for further owners; empty on the last page
 */
public record OpenJobs(List<OpenJob> jobs, Optional<String> next) {
    public OpenJobs {
        jobs = List.copyOf(jobs);
    }
}
