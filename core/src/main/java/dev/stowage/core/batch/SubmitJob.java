package dev.stowage.core.batch;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks and records a job, for workers to process. */
final class SubmitJob {

    private final BatchJobs jobs;
    private final ObjectStore store;
    private final JobOperations operations;
    private final JobAccess access;
    private final JobLimits limits;
    private final InstantSource clock;

    /** @param limits of each principal */
    SubmitJob(
            BatchJobs jobs,
            ObjectStore store,
            JobOperations operations,
            JobAccess access,
            JobLimits limits,
            InstantSource clock) {
        this.limits = limits;
        this.jobs = jobs;
        this.store = store;
        this.operations = operations;
        this.access = access;
        this.clock = clock;
    }

    /** See {@link Jobs#submit}. */
    JobStatus submit(Principal principal, JobSpec spec, Optional<String> idempotencyKey) {
        return access.submitted(principal, spec, () -> {
            JobSpec distinct = distinct(spec);
            JobSpec complete = complete(principal, distinct);
            Optional<Idempotency> idempotency =
                    idempotencyKey.map(key -> Idempotency.of(principal.id(), key, SpecFingerprint.of(distinct)));
            return submitUnaudited(principal, complete, idempotency);
        });
    }

    /** Submits a job once. */
    JobStatus submit(Principal principal, JobSpec spec, Idempotency idempotency) {
        return access.submitted(
                principal,
                spec,
                () -> submitUnaudited(principal, complete(principal, distinct(spec)), Optional.of(idempotency)));
    }

    /** Checks a job as far as that is possible before its submission. */
    void check(Principal principal, JobSpec spec) {
        JobSpec unused = complete(principal, distinct(spec));
    }

    private JobSpec complete(Principal principal, JobSpec distinct) {
        JobOperation operation = operations.of(distinct, clock.instant());
        if (!operation.isImport()) {
            SpecRules.refuseImport(distinct);
        }
        JobSpec complete = operation.check(distinct);
        access.check(principal, operation, complete);
        return complete;
    }

    private JobAccess.Submitted submitUnaudited(Principal principal, JobSpec spec, Optional<Idempotency> idempotency) {
        if (spec.source() instanceof JobSource.Manifest manifest
                && store.stat(manifest.key()).isEmpty()) {
            throw InvalidInput.ofField("source.manifest", "No manifest at " + manifest.key() + "; upload it first");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        BatchJob job = BatchJob.queued(JobId.random(), principal.id(), spec.abridged(), now);
        JobStatus submitted = jobs.submit(job, idempotency, items(spec.source()), limits);
        return new JobAccess.Submitted(submitted, submitted.job().id().equals(job.id()));
    }

    private static JobSpec distinct(JobSpec spec) {
        if (!(spec.source() instanceof JobSource.Keys source)) {
            return spec;
        }
        List<ObjectKey> keys = source.keys().stream().distinct().toList();
        if (keys.isEmpty()) {
            throw InvalidInput.ofField("source.keys", "Name at least one file in source.keys");
        }
        if (source.keys().size() > Jobs.MAX_KEYS) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "A job takes at most " + Jobs.MAX_KEYS + " keys, not "
                            + source.keys().size()
                            + "; upload a list of the keys as a file and name it in source.manifest",
                    Map.of("max_keys", Jobs.MAX_KEYS, "field", "source.keys"));
        }
        return spec.withSource(new JobSource.Keys(keys, keys.size()));
    }

    private static List<NewItem> items(JobSource source) {
        return source instanceof JobSource.Keys keys
                ? keys.keys().stream().map(NewItem::of).toList()
                : List.of();
    }
}
