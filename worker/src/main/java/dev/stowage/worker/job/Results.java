package dev.stowage.worker.job;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.operation.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on record of outcomes. */
final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private Results() {}

    static ItemResult of(JobItem item, Outcome outcome, int maxAttempts, Backoff backoff, Instant now) {
        int attempts = item.attempts() + 1;
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return new ItemResult(
                    item.number(),
                    attempts,
                    ItemState.SUCCEEDED,
                    succeeded.bytes(),
                    Optional.empty(),
                    Optional.of(succeeded.message()).filter(message -> !message.isEmpty()),
                    now);
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return new ItemResult(
                    item.number(),
                    attempts,
                    ItemState.SKIPPED,
                    0,
                    Optional.empty(),
                    Optional.of(skipped.message()),
                    now);
        }
        StorageException reason = ((Outcome.Failed) outcome).reason();
        JobFailure failure = JobFailure.of(reason);
        boolean again = mayPass(reason) && attempts < maxAttempts;
        return new ItemResult(
                item.number(),
                attempts,
                again ? ItemState.PENDING : ItemState.FAILED,
                0,
                Optional.of(failure.error()),
                Optional.of(failure.message()),
                again ? now.plus(backoff.after(attempts)) : now);
    }

    /** Whether the same thing may work later. */
    static boolean mayPass(StorageException reason) {
        return reason instanceof StorageUnavailable || reason instanceof Conflict || reason instanceof StorageFull;
    }

    /** What clients may know of a failure. A defect of ours is tried again as often as what may pass, and so comes to an end. */
    static StorageException reason(RuntimeException failure) {
        if (failure instanceof StorageException known) {
            return known;
        }
        LOG.error("Work on a job broke off", failure);
        return new StorageUnavailable("Something went wrong here; the log has it", failure);
    }
}
