package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.function.Supplier;

/** The permissions of jobs: those that their owners have at the moment of each change. Safe for concurrent use. */
final class JobAccess {

    private final AccessPolicy policy;

    JobAccess(AccessPolicy policy) {
        this.policy = policy;
    }

    /**
     * Checks a new job as far as its files are known; the items of a manifest are checked one by one when they are processed.
     *
     * @param spec with all of its keys, completed by {@link JobOperation#check}
     * @throws AccessDenied when {@code principal} has no right to it
     */
    void check(Principal principal, JobOperation operation, JobSpec spec) {
        Permissions permissions = policy.permissions();
        permissions.check(principal, Action.JOBS);
        checkSource(permissions, principal, operation, spec);
        if (spec.source() instanceof JobSource.Keys source) {
            source.keys().forEach(key -> checkIfMapped(principal, operation, spec, key));
        } else if (spec.source() instanceof JobSource.Prefix source) {
            operation
                    .targets(spec, source.prefix())
                    .ifPresent(targets -> permissions.check(principal, Action.WRITE, targets));
        }
        spec.target().key().ifPresent(key -> permissions.check(principal, Action.WRITE, key));
    }

    /** @throws AccessDenied when {@code principal} has no right to list the source; written to the audit log */
    void checkSource(Principal principal, JobOperation operation, JobSpec spec) {
        AuditedAction action = describe(AuditedAction.of("job.list").with("operation", operation.name()), spec);
        boolean unused = policy.asked(principal, action, () -> {
            checkSource(policy.permissions(), principal, operation, spec);
            return true;
        });
    }

    private static void checkSource(
            Permissions permissions, Principal principal, JobOperation operation, JobSpec spec) {
        operation.checkImport(spec, principal, permissions);
        if (spec.source() instanceof JobSource.Prefix source) {
            operation.actions().forEach(action -> permissions.check(principal, action, source.prefix()));
        } else if (spec.source() instanceof JobSource.Manifest source) {
            permissions.check(principal, Action.READ, source.key());
        } else if (spec.source() instanceof JobSource.Archive source) {
            permissions.check(principal, Action.READ, source.key());
            spec.target().prefix().ifPresent(prefix -> permissions.check(principal, Action.WRITE, prefix));
        }
    }

    /** Runs items for the owner of their job. */
    void acting(Supplier<Optional<Principal>> owner, Runnable work) {
        boolean unused = policy.acting(owner, () -> {
            work.run();
            return true;
        });
    }

    /**
     * The result of a submission.
     *
     * @param isNew whether the job is new, and not one of an earlier submission
     */
    record Submitted(JobStatus status, boolean isNew) {}

    /** Submits a job and writes that to the audit log; a submission that is repeated with its idempotency key is written once. */
    JobStatus submitted(Principal principal, JobSpec spec, Supplier<Submitted> submission) {
        AuditedAction action = describe(AuditedAction.of("job.submit").with("operation", spec.operation()), spec);
        return policy.auditedOnce(
                        principal,
                        action,
                        submission,
                        made -> made.isNew()
                                ? Optional.of(
                                        action.with("job", made.status().job().id()))
                                : Optional.empty())
                .status();
    }

    private static AuditedAction describe(AuditedAction action, JobSpec spec) {
        AuditedAction on = action.on(spec.target().key());
        AuditedAction to =
                spec.importFrom().map(from -> on.with("from", from.name())).orElse(on);
        if (spec.source() instanceof JobSource.Prefix source) {
            return to.with("source_prefix", source.prefix());
        }
        if (spec.source() instanceof JobSource.Manifest source) {
            return to.with("source_manifest", source.key());
        }
        if (spec.source() instanceof JobSource.Archive source) {
            return to.with("source_archive", source.key());
        }
        return to.with("source_keys", ((JobSource.Keys) spec.source()).keys().size());
    }

    /** Writes the outcome of an item to the audit log, if the operation changes files. */
    void record(Principal principal, JobOperation operation, JobSpec spec, JobItem item, Outcome outcome) {
        if (operation.changesFiles()) {
            String result = outcome instanceof Outcome.Failed failed
                    ? failed.reason().code().id()
                    : outcome instanceof Outcome.Skipped ? "skipped" : AuditEvent.OK;
            policy.record(item(operation, spec, item).by(principal, result));
        }
    }

    /** Writes how many items of a batch were refused, in one line. */
    void recordRefused(Principal principal, JobOperation operation, JobSpec spec, JobItem first, long count) {
        policy.record(item(operation, spec, first).with("count", count).by(principal, ErrorCode.ACCESS_DENIED.id()));
    }

    /** The key of the action is that of the file that is written or deleted. */
    private static AuditedAction item(JobOperation operation, JobSpec spec, JobItem item) {
        String name = "job.item." + operation.name();
        return target(operation, spec, item.key())
                .map(key -> AuditedAction.of(name, key).with("source", item.key()))
                .orElseGet(() -> AuditedAction.of(name, item.key()));
    }

    private static Optional<ObjectKey> target(JobOperation operation, JobSpec spec, ObjectKey key) {
        try {
            return operation.target(spec, key).or(spec.target()::key);
        } catch (InvalidInput none) {
            return Optional.empty();
        }
    }

    /**
     * Checks that an item may be processed for {@code principal}.
     *
     * @throws AccessDenied when the principal has no right to it
     * @throws dev.stowage.core.error.InvalidInput when the item has no valid target key
     * @throws dev.stowage.core.error.StorageUnavailable when the audit log is required and can't be written
     */
    void check(Principal principal, JobOperation operation, JobSpec spec, JobItem item) {
        if (operation.changesFiles()) {
            policy.require();
        }
        check(principal, operation, spec, item.key());
    }

    /** A key without a valid target becomes an item that fails; it does not prevent the processing of the others. */
    private void checkIfMapped(Principal principal, JobOperation operation, JobSpec spec, ObjectKey key) {
        try {
            check(principal, operation, spec, key);
        } catch (InvalidInput e) {
            // The right to the source was checked before the target was computed.
        }
    }

    private void check(Principal principal, JobOperation operation, JobSpec spec, ObjectKey key) {
        operation.checkImport(spec, principal, policy.permissions());
        operation.actions().forEach(action -> policy.permissions().check(principal, action, key));
        operation.target(spec, key).ifPresent(target -> policy.permissions().check(principal, Action.WRITE, target));
    }
}
