package dev.stowage.core.operation;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;

/** The operations there are. Safe for concurrent use. */
public final class JobOperations {

    private final List<JobOperation> operations;

    private JobOperations(List<JobOperation> operations) {
        this.operations = operations;
    }

    /** All of them, on a store. */
    public static JobOperations on(ObjectStore store, KeyLayout layout) {
        return new JobOperations(List.of(
                new DeleteOperation(store),
                new CopyOperation(store, layout),
                new MoveOperation(store, layout),
                new VerifyOperation(store),
                new SetMetadataOperation(store),
                new ArchiveOperation(store, layout)));
    }

    /** The operation of that name. @throws InvalidInput when there is none */
    public JobOperation named(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        ErrorCode.INVALID_REQUEST,
                        "There is no such operation; known are " + String.join(", ", names()),
                        Map.of("field", "operation")));
    }

    /** Their names. */
    public List<String> names() {
        return operations.stream().map(JobOperation::name).toList();
    }
}
