package dev.stowage.core.job;

import java.util.List;
import java.util.Optional;

/**
 * Jobs of some owners that can be worked on.
 *
 * @param jobs by owner; unmodifiable
 * @param next where to go on with other owners; empty when these were the last ones
 */
public record OpenJobs(List<OpenJob> jobs, Optional<String> next) {
    public OpenJobs {
        jobs = List.copyOf(jobs);
    }
}
