package dev.stowage.core.batch;

import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How one job is executed: which items it has, and what is done with them. A dry run only predicts the outcomes. Safe for concurrent use.
 */
public final class JobExecution {

    private final JobSpec spec;
    private final Instant since;
    private final JobOperation operation;
    private final JobAccess access;
    private final Stores stores;

    /**
     * The stores of a job, which are the same unless it is an import.
     *
     * @param files the job's files are in
     * @param targets that is changed
     */
    record Stores(ObjectStore files, ObjectStore targets) {}

    /** @param since when the job was submitted */
    JobExecution(JobSpec spec, Instant since, JobOperation operation, JobAccess access, Stores stores) {
        this.stores = stores;
        this.spec = spec;
        this.since = since;
        this.operation = spec.options().dryRun() ? new Preview(operation) : operation;
        this.access = access;
    }

    /** Whether the items succeed or fail together: they are one batch in their order, which starts again when it is interrupted. */
    public boolean isWhole() {
        return operation.batchSize() == JobOperation.ALL;
    }

    /** Returns the number of items in the first batches; the others may be larger or smaller. */
    public int batchSize() {
        return operation.batchSize();
    }

    /** Whether items are processed only after the enumeration has finished. */
    public boolean waitsForAll() {
        return operation.waitsForAll(spec);
    }

    /** Whether items found by listing refer to the listed versions only, and not to newer ones. */
    public boolean isAboutListedVersions() {
        return operation.isAboutListedVersions();
    }

    /**
     * Checks that the owner may list the source.
     *
     * @throws dev.stowage.core.error.AccessDenied when it may not; written to the audit log
     */
    public void checkSource(Principal owner) {
        access.checkSource(owner, operation, spec);
    }

    /** Returns a page of the store that the job's files are in, without internal objects. @throws dev.stowage.core.error.StorageException as the store does */
    public ObjectPage list(ListQuery query) {
        return stores.files().list(query).visible();
    }

    /** Lists one key of each of the job's stores, and returns whether they responded. A rejection is a response, too. */
    public boolean storesAnswer() {
        return StoreProbe.answers(stores.targets()) && (!operation.isImport() || StoreProbe.answers(stores.files()));
    }

    /** Checks that an item with this key has a target. @throws dev.stowage.core.error.InvalidInput when its target key is not valid */
    public void checkTarget(ObjectKey key) {
        Optional<ObjectKey> unused = operation.target(spec, key);
    }

    /** Whether a file under the job's prefix is not part of the job: it is in the job's target, or the filter does not select it. */
    public boolean leavesOut(ObjectSummary file) {
        return (!operation.isImport() && KeyMappings.leavesOut(spec, file.key()))
                || spec.filter().map(filter -> !filter.matches(file, since)).orElse(false);
    }

    /**
     * Returns the prefix that the target replaces, when the request leaves it to be derived from the keys of a manifest; otherwise empty.
     *
     * @param common the longest text with which all keys begin; empty when there are no keys
     * @throws dev.stowage.core.error.InvalidInput when the prefix does not fit the target
     */
    public Optional<KeyPrefix> stripPrefix(Optional<String> common) {
        if (spec.target().prefix().isEmpty() || spec.target().stripPrefix().isPresent()) {
            return Optional.empty();
        }
        KeyPrefix folder = KeyMappings.folder(common.orElse(""));
        JobSpec unused = operation.check(spec.withTarget(spec.target().stripping(folder)));
        return Optional.of(folder);
    }

    /**
     * Processes a batch, and reports the outcome of each item to {@code run}. Items that the owner has no right to, or that have no valid
     * target, fail. Outcomes are written to the audit log.
     *
     * @param owner supplies the owner with its current rights; asked before each item
     * @throws dev.stowage.core.error.StorageException when the batch was interrupted; items without an outcome are then to be processed
     *     again, each in its own batch, so that a failing one does not affect the others
     */
    public void run(ItemRun run, Supplier<Principal> owner) {
        if (spec.source() instanceof JobSource.Archive) {
            checkSource(owner.get());
        }
        PermittedRun permitted = new PermittedRun(run, operation, access, owner);
        access.acting(permitted::principal, () -> operation.run(permitted));
    }
}
