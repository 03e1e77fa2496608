package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.LimitedContent;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import java.util.Optional;

/** Stores a file whose key fits the layout and whose size is within the limit. */
public final class PutFile {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final long maxSize;

    /** @param maxSize of one file, in bytes */
    public PutFile(ObjectStore store, KeyLayout layout, AccessPolicy access, long maxSize) {
        this.store = store;
        this.layout = layout;
        this.access = access;
        this.maxSize = maxSize;
    }

    /**
     * As {@link ObjectStore#put} has it.
     *
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout; the content is not opened
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write it; the content is not opened
     * @throws PayloadTooLarge when the content is over the limit; at once where its length is known
     */
    public ObjectInfo put(Principal principal, ObjectKey key, Content content, PutOptions options) {
        return access.audited(principal, AuditedAction.of("file.put", key), () -> {
            checkUntold(principal, key, content);
            return store.put(key, new LimitedContent(content, maxSize), options);
        });
    }

    /**
     * Sets the attributes of a file that {@link #put} has just stored, where these were only known after its bytes.
     *
     * @param stored what {@link #put} returned; a file that was replaced since then stays as it is
     */
    public ObjectInfo setAttributes(Principal principal, ObjectInfo stored, ObjectAttributes attributes) {
        ObjectKey key = stored.key();
        return access.audited(principal, AuditedAction.of("file.set_metadata", key), () -> {
            access.permissions().check(principal, Action.WRITE, key);
            CopyOptions options =
                    new CopyOptions(WriteCondition.NONE, Optional.of(stored.etag()), AttributeChanges.to(attributes));
            try {
                return store.copy(key, key, options);
            } catch (PreconditionFailed | NotFound replacedMeanwhile) {
                // Somebody wrote or deleted after us, so the attributes would be gone again in any case.
                return new ObjectInfo(key, stored.size(), stored.etag(), stored.lastModified(), attributes);
            }
        });
    }

    /**
     * Refuses what {@link #put} refuses without asking the store, for callers that have to ask it something first.
     *
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write it
     * @throws PayloadTooLarge when the content's length is known and over the limit
     */
    public void check(Principal principal, ObjectKey key, Content content) {
        access.asked(principal, AuditedAction.of("file.put", key), () -> {
            checkUntold(principal, key, content);
            return true;
        });
    }

    private void checkUntold(Principal principal, ObjectKey key, Content content) {
        layout.check(key);
        access.permissions().check(principal, Action.WRITE, key);
        if (content.length().orElse(0) > maxSize) {
            throw new PayloadTooLarge(maxSize);
        }
    }

    /**
     * What {@link #put} would replace, for whom may do so: conditions are about it.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write it
     */
    public Optional<ObjectInfo> present(Principal principal, ObjectKey key) {
        return access.asked(principal, AuditedAction.of("file.put", key), () -> {
            access.permissions().check(principal, Action.WRITE, key);
            return store.stat(key);
        });
    }
}
