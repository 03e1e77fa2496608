package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;

/**
 * Changes a file's attributes and keeps its bytes, without transferring them through this process. The file keeps its key, so the key need
 * not fit the layout.
 */
final class ChangeAttributes {

    /** The maximum number of attempts on a file that keeps being replaced. */
    private static final int ATTEMPTS = 4;

    private final ObjectStore store;
    private final AccessPolicy access;

    ChangeAttributes(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /** See {@link Files#changeAttributes}. */
    ObjectInfo change(Principal principal, ObjectKey key, AttributeChanges changes, Preconditions conditions) {
        return access.audited(principal, "file.set_metadata", key, () -> {
            access.permissions().check(principal, Action.WRITE, key);
            return change(key, changes, conditions);
        });
    }

    private ObjectInfo change(ObjectKey key, AttributeChanges changes, Preconditions conditions) {
        for (int attempt = 1; ; attempt++) {
            Optional<ObjectInfo> found = store.stat(key);
            conditions.check(key, found);
            ObjectInfo info = found.orElseThrow(() -> NotFound.file(key.value()));
            if (changes.isEmpty()) {
                return info;
            }
            try {
                // Copies the object to itself, but only the version that was read.
                return store.copy(key, key, new CopyOptions(WriteCondition.NONE, Optional.of(info.etag()), changes));
            } catch (PreconditionFailed replaced) {
                if (attempt == ATTEMPTS) {
                    throw new Conflict("The file at " + key + " is being replaced by other requests; try again");
                }
            }
        }
    }
}
