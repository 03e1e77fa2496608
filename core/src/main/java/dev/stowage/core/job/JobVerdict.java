package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import java.time.Instant;
import java.util.Optional;

/** Decides when a job ends. */
final class JobVerdict {

    private JobVerdict() {}

    /** See {@link BatchJob#ended}. */
    static Optional<BatchJob> of(BatchJob job, JobProgress progress, Instant now) {
        if (job.state().isFinished()) {
            return Optional.empty();
        }
        if (progress.isComplete() && progress.unaddressable() > 0) {
            return Optional.of(job.to(end(progress), now).withError(skippedObjects(progress.unaddressable())));
        }
        if (progress.isComplete() && progress.total() == 0) {
            return Optional.of(job.to(JobState.SUCCEEDED, now).withError(noItems(job.spec())));
        }
        if (progress.isComplete()) {
            return Optional.of(job.to(end(progress), now));
        }
        JobOptions options = job.spec().options();
        if (options.stopOnError() && progress.failed() > 0) {
            return Optional.of(stopped(job, "An item failed, and on_error is stop", now));
        }
        return options.failureThreshold()
                .filter(threshold -> progress.failed() >= threshold)
                .map(threshold ->
                        stopped(job, "The failure_threshold of " + threshold + " failed items was reached", now));
    }

    private static JobFailure skippedObjects(long objects) {
        return new JobFailure(
                "UnaddressableObjects",
                "Objects of the source that were skipped because their keys can't be used in a request: " + objects
                        + ". Rename or delete them with the store's own tools");
    }

    private static JobState end(JobProgress progress) {
        if (progress.failed() == 0) {
            return progress.unaddressable() == 0 ? JobState.SUCCEEDED : JobState.PARTIALLY_FAILED;
        }
        return progress.failed() == progress.total() ? JobState.FAILED : JobState.PARTIALLY_FAILED;
    }

    private static JobFailure noItems(JobSpec spec) {
        JobSource source = spec.source();
        String why = spec.filter().isPresent()
                ? "No file of the source matches source.filter"
                : source instanceof JobSource.Manifest manifest
                        ? "The manifest at " + manifest.key() + " lists no files"
                        : source instanceof JobSource.Archive archive
                                ? "The archive at " + archive.key() + " has no files"
                                : source instanceof JobSource.Prefix prefix
                                                && !prefix.prefix().equals(KeyPrefix.ALL)
                                        ? "The prefix " + prefix.prefix() + " has no files that match"
                                        : "No files match the source";
        return new JobFailure("NoItems", why + ", so nothing was done; check the source");
    }

    private static BatchJob stopped(BatchJob job, String why, Instant now) {
        String next = "; see /items?state=failed; retry runs the failed items and the remaining ones";
        return job.failed(new JobFailure("JobStopped", why + next), now);
    }
}
