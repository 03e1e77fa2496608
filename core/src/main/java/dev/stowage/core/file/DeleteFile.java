package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;

/** Deletes one file; under conditions, only the version that meets them. */
final class DeleteFile {

    private final ObjectStore store;
    private final AccessPolicy access;

    DeleteFile(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /** See {@link Files#delete(Principal, ObjectKey, Preconditions)}. */
    void delete(Principal principal, ObjectKey key, Preconditions conditions) {
        ObjectKey unused = access.audited(principal, "file.delete", key, () -> {
            access.permissions().check(principal, Action.DELETE, key);
            return conditions.apply(key, () -> store.stat(key), condition -> delete(key, condition));
        });
    }

    private ObjectKey delete(ObjectKey key, WriteCondition condition) {
        if (condition instanceof WriteCondition.IfAbsent) {
            Preconditions.IF_ABSENT.check(key, store.stat(key));
            throw NotFound.file(key.value());
        }
        boolean any = !(condition instanceof WriteCondition.IfMatch);
        List<DeleteResult> results = condition instanceof WriteCondition.IfMatch match
                ? store.deleteMatching(Map.of(key, match.etag()))
                : store.delete(List.of(key));
        DeleteResult result = results.get(0);
        if (result instanceof DeleteResult.Failed failed) {
            throw failed.reason();
        }
        if (result instanceof DeleteResult.Missing) {
            throw any
                    ? NotFound.file(key.value())
                    : new PreconditionFailed("No file at " + key + ", but the request requires one", key.value());
        }
        return key;
    }
}
