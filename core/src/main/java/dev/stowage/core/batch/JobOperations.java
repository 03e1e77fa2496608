package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.fence.FencedObjects;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.service.ArchiveFormats;
import dev.stowage.core.port.service.ImportSource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operations of batch jobs on a store, for the workers that run them. Safe for concurrent use. */
public final class JobOperations {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final JobAccess access;
    private final Optional<ArchiveFormats> archives;
    private final Map<String, ImportSource> imports;
    private final List<JobOperation> operations;

    /** @param policy decides what jobs may do for their owners */
    public JobOperations(ObjectStore store, KeyLayout layout, AccessPolicy policy) {
        this(store, layout, new JobAccess(policy), Optional.empty(), Map.of());
    }

    private JobOperations(
            ObjectStore store,
            KeyLayout layout,
            JobAccess access,
            Optional<ArchiveFormats> archives,
            Map<String, ImportSource> imports) {
        this.store = store;
        this.layout = layout;
        this.access = access;
        this.archives = archives;
        this.imports = imports;
        this.operations = List.of(
                new DeleteOperation(store),
                new CopyOperation(store, layout),
                new MoveOperation(store, layout),
                new VerifyOperation(store),
                new SetMetadataOperation(store),
                new ArchiveOperation(store, layout),
                new InventoryOperation(store, layout),
                new ExtractOperation(store, layout, archives),
                new ImportOperation(store, layout, imports));
    }

    /** Returns the same operations, each of which stops with {@link ClaimLost} before a change once {@code fence} is closed. */
    public JobOperations under(Fence fence) {
        return new JobOperations(new FencedObjects(store, fence), layout, access, archives, imports);
    }

    /** Returns the same operations, which can also read archives of these formats. */
    public JobOperations reading(ArchiveFormats formats) {
        return new JobOperations(store, layout, access, Optional.of(formats), imports);
    }

    /** Returns the same operations, which can also import from these sources. Their names are different. */
    public JobOperations importing(Collection<ImportSource> sources) {
        return new JobOperations(
                store,
                layout,
                access,
                archives,
                sources.stream().collect(Collectors.toUnmodifiableMap(ImportSource::name, source -> source)));
    }

    /** Returns the formats of archives. @throws java.util.NoSuchElementException when it can't read any */
    public ArchiveFormats archives() {
        return archives.orElseThrow();
    }

    /** Returns the execution of a job. @throws InvalidInput when it can't be {@linkplain #canRun run} here */
    public JobExecution of(BatchJob job) {
        JobExecution.Stores stores = new JobExecution.Stores(files(job.spec()), store);
        return new JobExecution(job.spec(), job.createdAt(), of(job.spec(), job.createdAt()), access, stores);
    }

    /** Whether there is the operation of a job, unless it is of a newer version, and the source of an import, unless only others have it. */
    public boolean canRun(JobSpec spec) {
        return names().contains(spec.operation())
                && spec.importFrom()
                        .map(from -> imports.containsKey(from.name()))
                        .orElse(true);
    }

    /** The store that the files of a job are in. */
    private ObjectStore files(JobSpec spec) {
        return spec.importFrom()
                .map(from -> ImportOperation.source(imports, from).objects())
                .orElse(store);
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
                .<JobOperation>map(filter -> new FilteredOperation(operation, filter, since, () -> files(spec)))
                .orElse(operation);
    }

    /** Returns the operation with that name. @throws InvalidInput when there is none */
    JobOperation named(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidInput.ofField(
                        "operation", "No such operation; the operations are " + String.join(", ", names())));
    }

    /** Returns the names of all operations. */
    public List<String> names() {
        return operations.stream().map(JobOperation::name).toList();
    }
}
