package dev.stowage.core.operation;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.fence.FencedObjects;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;

/** The available operations. Safe for concurrent use. */
public final class JobOperations {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final List<JobOperation> operations;

    private JobOperations(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
        this.operations = List.of(
                new DeleteOperation(store),
                new CopyOperation(store, layout),
                new MoveOperation(store, layout),
                new VerifyOperation(store),
                new SetMetadataOperation(store),
                new ArchiveOperation(store, layout));
    }

    /** Returns all operations, on a store. */
    public static JobOperations on(ObjectStore store, KeyLayout layout) {
        return new JobOperations(store, layout);
    }

    /** Returns the same operations, each of which stops with {@link ClaimLost} before a change once {@code fence} is closed. */
    public JobOperations under(Fence fence) {
        return new JobOperations(new FencedObjects(store, fence), layout);
    }

    /** Returns the operation with that name. @throws InvalidInput when there is none */
    public JobOperation named(String name) {
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
}
