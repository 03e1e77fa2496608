package dev.stowage.repositories;

import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.records.BatchJobs;
import java.util.Optional;

/**
 * A row of a job.
 *
 * @param number of the row
 * @param last the highest number of an item, which includes items that were left out
 * @param claimed the highest number of an item that was claimed for the first time
 * @param interrupted whether an attempt at all items together was interrupted
 */
record JobRow(
        long number, JobStatus status, Optional<String> checkpoint, long last, long claimed, boolean interrupted) {

    BatchJobs.OpenJob open(boolean waiting) {
        boolean fresh = claimed < last;
        return new BatchJobs.OpenJob(status.job(), status.progress().totalFinal(), fresh || waiting || interrupted);
    }
}
