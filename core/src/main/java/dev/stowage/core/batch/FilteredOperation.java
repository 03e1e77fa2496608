package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An operation on the files that a filter selects. What a listing says about files is compared when they are listed. Everything else is
 * compared when the item is processed, with one more call to the store, so that batches do it side by side.
 *
 * @param files the store that the job's files are in; not asked for before an item is processed
 */
record FilteredOperation(JobOperation operation, SourceFilter filter, Instant since, Supplier<ObjectStore> files)
        implements JobOperation {

    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public int batchSize() {
        return operation.batchSize();
    }

    /** What a filter selects tells about the files. Rights to those of another store are checked by {@link #checkImport}. */
    @Override
    public Set<Action> actions() {
        if (isImport()) {
            return operation.actions();
        }
        Set<Action> actions = EnumSet.of(Action.READ);
        actions.addAll(operation.actions());
        return actions;
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
        operation.run(isDecided(run.spec()) ? run : new FilteredRun(run, this));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> !isDecided(spec)
                        && files.get()
                                .stat(item.key())
                                .filter(file -> !filter.matches(file, since))
                                .isPresent()
                ? new Outcome.LeftOut()
                : operation.preview(spec, item));
    }

    /** Whether the listing has compared everything. */
    private boolean isDecided(JobSpec spec) {
        return spec.source() instanceof JobSource.Prefix && !filter.needsAttributes();
    }

    /**
     * Whether the filter selects the file of an item, as it is now.
     *
     * @param item may have been processed by an earlier attempt
     */
    boolean selects(JobSpec spec, JobItem item, ObjectInfo file) {
        return filter.matches(file, since) || (item.attempts() > 0 && operation.mayHaveChanged(spec, file));
    }

    @Override
    public boolean filters() {
        return operation.filters();
    }

    @Override
    public boolean changesFiles() {
        return operation.changesFiles();
    }

    @Override
    public boolean isAboutListedVersions() {
        return operation.isAboutListedVersions();
    }

    @Override
    public boolean waitsForAll(JobSpec spec) {
        return operation.waitsForAll(spec);
    }
}
