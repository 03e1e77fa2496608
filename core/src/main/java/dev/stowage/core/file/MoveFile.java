package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Moves a file to another key: a copy, then the deletion of the source. At no moment is the file at neither key. */
public final class MoveFile {

    private final ObjectStore store;
    private final CopyFile copy;
    private final AccessPolicy access;

    public MoveFile(ObjectStore store, CopyFile copy, AccessPolicy access) {
        this.store = store;
        this.copy = copy;
        this.access = access;
    }

    /**
     * Moves {@code source} to {@code target}. When it fails half way the file is at both keys, and repeating it with
     * {@code overwrite} finishes it.
     *
     * @param principal who has to have the right to delete the source, and those that copying takes
     * @throws dev.stowage.core.error.AccessDenied when one of these is missing
     * @throws Conflict when the source is replaced meanwhile: it then stays, newer than the copy
     * @throws PreconditionFailed as {@link CopyFile#copy} has it
     */
    public ObjectInfo move(Principal principal, ObjectKey source, ObjectKey target, boolean overwrite) {
        access.check(principal, Action.READ, source);
        access.check(principal, Action.DELETE, source);
        access.check(principal, Action.WRITE, target);
        ObjectInfo before = stat(source);
        ObjectInfo moved = copy.copy(principal, source, target, overwrite, Optional.of(before.etag()));
        if (!stat(source).etag().equals(before.etag())) {
            throw new Conflict("The file at " + source + " was replaced while it was moved; both files are kept");
        }
        return access.audited(principal, "file.delete", source, () -> {
            if (store.delete(List.of(source)).get(0) instanceof DeleteResult.Failed failed) {
                throw failed.reason();
            }
            return moved;
        });
    }

    private ObjectInfo stat(ObjectKey key) {
        return store.stat(key).orElseThrow(() -> NotFound.file(key.value()));
    }
}
