package dev.stowage.core.operation;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** What jobs may do: what their owners may, at the moment when it is done. Safe for concurrent use. */
public final class JobAccess {

    private final AccessPolicy policy;

    public JobAccess(AccessPolicy policy) {
        this.policy = policy;
    }

    /**
     * Passes a new job as far as it is known what it is about; the items of a manifest are looked at one by one when they are run.
     *
     * @param spec with all of its keys, and complete as {@link JobOperation#check} made it
     * @throws AccessDenied when {@code principal} must not have it done
     */
    public void check(Principal principal, JobOperation operation, JobSpec spec) {
        policy.check(principal, Action.JOBS);
        checkSource(principal, operation, spec);
        if (spec.source() instanceof JobSource.Keys source) {
            source.keys().forEach(key -> checkIfMapped(principal, operation, spec, key));
        } else if (spec.source() instanceof JobSource.Prefix source) {
            operation
                    .targets(spec, source.prefix())
                    .ifPresent(targets -> policy.check(principal, Action.WRITE, targets));
        }
        spec.target().key().ifPresent(key -> policy.check(principal, Action.WRITE, key));
    }

    /** @throws AccessDenied when {@code principal} must not know what the source lists */
    public void checkSource(Principal principal, JobOperation operation, JobSpec spec) {
        if (spec.source() instanceof JobSource.Prefix source) {
            operation.actions().forEach(action -> policy.check(principal, action, source.prefix()));
        } else if (spec.source() instanceof JobSource.Manifest source) {
            policy.check(principal, Action.READ, source.key());
        }
    }

    /** Tells that something was done with a job. */
    public void tell(Principal principal, String what, BatchJob job) {
        policy.tell(new AuditEvent(
                Optional.of(principal),
                "job." + what,
                Optional.empty(),
                AuditEvent.OK,
                Map.of("job", job.id().value(), "operation", job.spec().operation())));
    }

    /** Tells what came of an item, where files were to be changed. */
    void tell(Principal principal, JobOperation operation, JobItem item, Outcome outcome) {
        if (operation.changesFiles()) {
            String result = outcome instanceof Outcome.Failed failed
                    ? failed.reason().code().id()
                    : outcome instanceof Outcome.Skipped ? "skipped" : AuditEvent.OK;
            policy.tell(AuditEvent.of(
                    principal, "job.item." + operation.name(), item.key().value(), result));
        }
    }

    /**
     * Passes an item that may be run for {@code principal}.
     *
     * @throws AccessDenied when the principal must not have it run
     * @throws dev.stowage.core.error.InvalidInput when the item can't have a target key
     */
    void check(Principal principal, JobOperation operation, JobSpec spec, JobItem item) {
        check(principal, operation, spec, item.key());
    }

    /** A key without a valid target is an item that fails when it is run; it does not keep the others from being run. */
    private void checkIfMapped(Principal principal, JobOperation operation, JobSpec spec, ObjectKey key) {
        try {
            check(principal, operation, spec, key);
        } catch (InvalidInput e) {
            // The right to the source was checked before the target was looked at.
        }
    }

    private void check(Principal principal, JobOperation operation, JobSpec spec, ObjectKey key) {
        operation.actions().forEach(action -> policy.check(principal, action, key));
        operation.target(spec, key).ifPresent(target -> policy.check(principal, Action.WRITE, target));
    }
}
