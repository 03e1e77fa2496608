package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.util.List;
import java.util.Optional;

/** Stores a file whose key fits the layout and whose size is within the limit. */
final class PutFile {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final long maxSize;

    /** @param maxSize the maximum size of a file in bytes */
    PutFile(ObjectStore store, KeyLayout layout, AccessPolicy access, long maxSize) {
        this.store = store;
        this.layout = layout;
        this.access = access;
        this.maxSize = maxSize;
    }

    /** See {@link Files#put}. */
    PutResult put(
            Principal principal,
            ObjectKey key,
            Content content,
            ObjectAttributes attributes,
            Preconditions conditions,
            List<Checksum> digests) {
        return access.audited(principal, AuditedAction.of("file.put", key), () -> {
            layout.check(key);
            access.permissions().check(principal, Action.WRITE, key);
            Content limited = CheckedContent.limited(content, maxSize);
            WriteCondition condition = conditions.decide(key, () -> store.stat(key));
            return store.put(key, limited, new PutOptions(attributes, condition, digests));
        });
    }

    /** See {@link Files#putFolder}. */
    ObjectInfo putFolder(Principal principal, ObjectKey key, ObjectAttributes attributes, Preconditions conditions) {
        return access.audited(principal, AuditedAction.of("file.put", key), () -> {
            layout.checkFolder(key);
            access.permissions().check(principal, Action.WRITE, key);
            WriteCondition condition = conditions.decide(key, () -> store.stat(key));
            PutOptions options = new PutOptions(attributes, condition, List.of());
            return store.put(key, Content.of(new byte[0]), options).info();
        });
    }

    /** See {@link Files#setAttributes}. */
    ObjectInfo setAttributes(Principal principal, ObjectInfo stored, ObjectAttributes attributes) {
        ObjectKey key = stored.key();
        return access.audited(principal, AuditedAction.of("file.set_metadata", key), () -> {
            access.permissions().check(principal, Action.WRITE, key);
            CopyOptions options =
                    new CopyOptions(WriteCondition.NONE, Optional.of(stored.etag()), AttributeChanges.to(attributes));
            try {
                return store.copy(key, key, options);
            } catch (PreconditionFailed | NotFound replacedMeanwhile) {
                // Another client has replaced or deleted the file, so its attributes would be lost in any case.
                return new ObjectInfo(key, stored.size(), stored.etag(), stored.lastModified(), attributes);
            }
        });
    }
}
