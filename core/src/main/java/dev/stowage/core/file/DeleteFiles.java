package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Deletes files and reports for each whether it existed. */
final class DeleteFiles {

    private static final String OPERATION = "file.delete";

    private final ObjectStore store;
    private final AccessPolicy access;

    DeleteFiles(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /** See {@link Files#delete(Principal, List)}. */
    List<DeleteResult> delete(Principal principal, List<ObjectKey> keys) {
        checkSize(keys.size());
        access.require();
        Map<Boolean, List<ObjectKey>> allowed = keys.stream()
                .distinct()
                .collect(Collectors.partitioningBy(key -> access.allows(principal, Action.DELETE, key)));
        recordRefused(principal, allowed.getOrDefault(false, List.of()));
        Map<ObjectKey, DeleteResult> results = deleteAllowed(principal, allowed.getOrDefault(true, List.of()));
        return keys.stream().map(key -> results.getOrDefault(key, refused(key))).toList();
    }

    private Map<ObjectKey, DeleteResult> deleteAllowed(Principal principal, List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<DeleteResult> results;
        try {
            results = access.acting(() -> Optional.of(principal), () -> store.delete(keys));
        } catch (StorageException e) {
            record(principal, keys, e.code());
            throw e;
        }
        results.forEach(result -> record(principal, result));
        return results.stream().collect(Collectors.toMap(DeleteResult::key, Function.identity()));
    }

    private static DeleteResult refused(ObjectKey key) {
        return new DeleteResult.Failed(key, new AccessDenied("You have no right to delete " + key));
    }

    /** Writes one line for any number of keys, so that a caller without permissions does not fill the log. */
    private void recordRefused(Principal principal, List<ObjectKey> keys) {
        if (!keys.isEmpty()) {
            record(principal, keys, ErrorCode.ACCESS_DENIED);
        }
    }

    private void record(Principal principal, List<ObjectKey> keys, ErrorCode result) {
        Map<String, String> detail = keys.size() == 1 ? Map.of() : Map.of("count", Integer.toString(keys.size()));
        access.record(new AuditEvent(
                Optional.of(principal), OPERATION, Optional.of(keys.get(0).value()), result.id(), detail));
    }

    private void record(Principal principal, DeleteResult result) {
        String outcome = result instanceof DeleteResult.Failed failed
                ? failed.reason().code().id()
                : result instanceof DeleteResult.Missing ? ErrorCode.FILE_NOT_FOUND.id() : AuditEvent.OK;
        access.record(AuditEvent.of(principal, OPERATION, result.key().value(), outcome));
    }

    /** @throws InvalidInput when a batch of that many keys is rejected */
    static void checkSize(int keys) {
        if (keys < 1) {
            throw InvalidInput.ofField("keys", "Name at least one file in keys");
        }
        if (keys > Files.MAX_DELETED_KEYS) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "A batch deletes at most " + Files.MAX_DELETED_KEYS + " keys, not " + keys
                            + "; send several batches",
                    Map.of("max_keys", Files.MAX_DELETED_KEYS));
        }
    }
}
