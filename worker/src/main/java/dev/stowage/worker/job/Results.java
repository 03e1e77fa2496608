package dev.stowage.worker.job;

import dev.stowage.core.batch.Outcome;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobItem;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps outcomes of operations to recorded results. */
final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private Results() {}

    /** @param outcome of an item that is not left out */
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

    /** Whether a retry may succeed. */
    static boolean mayPass(StorageException reason) {
        return reason instanceof StorageUnavailable || reason instanceof Conflict || reason instanceof StorageFull;
    }

    /** The failure as clients may see it. A defect of this program is retried like an unavailable store, so it ends after the last attempt. */
    static StorageException reason(RuntimeException failure) {
        if (failure instanceof StorageException known) {
            return known;
        }
        LOG.error("Work on a job failed", failure);
        return new StorageUnavailable("Internal error; see the log of the service", failure);
    }
}
