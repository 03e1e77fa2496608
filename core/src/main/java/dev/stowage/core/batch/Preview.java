package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.Set;

/** A dry run of an operation. */
record Preview(JobOperation operation) implements JobOperation {

    private static final int AT_ONCE = 500;

    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public boolean changesFiles() {
        return false;
    }

    @Override
    public Set<Action> actions() {
        return operation.actions();
    }

    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return operation.target(spec, key);
    }

    @Override
    public Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return operation.targets(spec, source);
    }

    @Override
    public JobSpec check(JobSpec spec) {
        return operation.check(spec);
    }

    @Override
    public void checkImport(JobSpec spec, Principal principal, Permissions permissions) {
        operation.checkImport(spec, principal, permissions);
    }

    @Override
    public boolean isImport() {
        return operation.isImport();
    }

    @Override
    public void run(ItemRun run) {
        run.items().forEachRemaining(item -> run.done(item, operation.preview(run.spec(), item)));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return operation.preview(spec, item);
    }

    @Override
    public boolean waitsForAll(JobSpec spec) {
        return operation.batchSize() != ALL && operation.waitsForAll(spec);
    }
}
