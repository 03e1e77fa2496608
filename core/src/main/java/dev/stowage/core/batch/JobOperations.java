package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.fence.FencedObjects;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ArchiveFormats;
import dev.stowage.core.port.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of batch jobs on a store, for the workers that run them. Safe for concurrent use. */
public final class JobOperations {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final JobAccess access;
    private final Optional<ArchiveFormats> archives;
    private final List<JobOperation> operations;

    /** @param policy decides what jobs may do for their owners */
    public JobOperations(ObjectStore store, KeyLayout layout, AccessPolicy policy) {
        this(store, layout, new JobAccess(policy), Optional.empty());
    }

    private JobOperations(ObjectStore store, KeyLayout layout, JobAccess access, Optional<ArchiveFormats> archives) {
        this.store = store;
        this.layout = layout;
        this.access = access;
        this.archives = archives;
        this.operations = List.of(
                new DeleteOperation(store),
                new CopyOperation(store, layout),
                new MoveOperation(store, layout),
                new VerifyOperation(store),
                new SetMetadataOperation(store),
                new ArchiveOperation(store, layout),
                new InventoryOperation(store, layout),
                new ExtractOperation(store, layout, archives));
    }

    /** Returns the same operations, each of which stops with {@link ClaimLost} before a change once {@code fence} is closed. */
    public JobOperations under(Fence fence) {
        return new JobOperations(new FencedObjects(store, fence), layout, access, archives);
    }

    /** Returns the same operations, which can also read archives of these formats. */
    public JobOperations reading(ArchiveFormats formats) {
        return new JobOperations(store, layout, access, Optional.of(formats));
    }

    /** Returns the formats of archives. @throws java.util.NoSuchElementException when it can't read any */
    public ArchiveFormats archives() {
        return archives.orElseThrow();
    }

    /** Returns the execution of a job. @throws InvalidInput when there is no such operation, as the job is of a newer version */
    public JobExecution of(BatchJob job) {
        return new JobExecution(job.spec(), job.createdAt(), of(job.spec(), job.createdAt()), access);
    }

    /**
     * Returns the operation of a job, on the files that its filter selects.
     *
     * @param since when the job was submitted
     * @throws InvalidInput when there is no such operation
     */
    JobOperation of(JobSpec spec, Instant since) {
        JobOperation operation = named(spec.operation());
        return spec.filter()
                .<JobOperation>map(filter -> new FilteredOperation(operation, filter, since, store))
                .orElse(operation);
    }

    /** Returns the operation with that name. @throws InvalidInput when there is none */
    JobOperation named(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        ErrorCode.INVALID_REQUEST,
                        "No such operation; the operations are " + String.join(", ", names()),
                        Map.of("field", "operation")));
    }

    /** Returns the names of all operations. */
    public List<String> names() {
        return operations.stream().map(JobOperation::name).toList();
    }

    /** Lists one key of the store, in one call, and returns whether the store responded. A rejection is a response, too. */
    public boolean storeAnswers() {
        return StoreProbe.answers(store);
    }
}
