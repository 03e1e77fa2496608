package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves a file to another key: a copy, then the deletion of the source. The file is at one of the keys at any moment. */
final class MoveFile {

    private final ObjectStore store;
    private final CopyFile copy;
    private final AccessPolicy access;

    MoveFile(ObjectStore store, CopyFile copy, AccessPolicy access) {
        this.store = store;
        this.copy = copy;
        this.access = access;
    }

    /** See {@link Files#move}. */
    ObjectInfo move(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            Preconditions conditions,
            Preconditions sourceConditions) {
        AuditedAction action = AuditedAction.of("file.move", target).with("source", source);
        return access.audited(
                principal, action, () -> perform(principal, source, target, conditions, sourceConditions));
    }

    private ObjectInfo perform(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            Preconditions conditions,
            Preconditions sourceConditions) {
        access.permissions().check(principal, Action.READ, source);
        access.permissions().check(principal, Action.DELETE, source);
        access.permissions().check(principal, Action.WRITE, target);
        ObjectInfo before = stat(source);
        sourceConditions.check(source, Optional.of(before));
        Preconditions thatVersion = Preconditions.of(new WriteCondition.IfMatch(before.etag()));
        ObjectInfo moved =
                copy.perform(principal, source, target, AttributeChanges.NONE, conditions, thatVersion, true);
        try {
            delete(before);
            return moved;
        } catch (StorageException e) {
            // The move failed after the target was written; that is written to the audit log separately.
            access.record(new AuditEvent(
                    Optional.of(principal),
                    "file.copy",
                    Optional.of(target.value()),
                    AuditEvent.OK,
                    Map.of("source", source.value())));
            throw e;
        }
    }

    /** Deletes the version that was copied. If the store can't decide that, its current version is read just before. */
    private void delete(ObjectInfo copied) {
        ObjectKey source = copied.key();
        boolean decides = store.capabilities().contains(Capability.CONDITIONAL_DELETE);
        if (!decides && !stat(source).etag().equals(copied.etag())) {
            throw replaced(source);
        }
        List<DeleteResult> results =
                decides ? store.deleteMatching(Map.of(source, copied.etag())) : store.delete(List.of(source));
        if (results.get(0) instanceof DeleteResult.Failed failed) {
            throw failed.reason() instanceof PreconditionFailed ? replaced(source) : failed.reason();
        }
    }

    private static Conflict replaced(ObjectKey source) {
        return new Conflict("The file at " + source + " was replaced during the move; both files are kept");
    }

    private ObjectInfo stat(ObjectKey key) {
        return store.stat(key).orElseThrow(() -> NotFound.file(key.value()));
    }
}
