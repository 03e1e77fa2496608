package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Map;
import java.util.Optional;

/** Copies a file to another key, on the store's side. */
public final class CopyFile {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final AccessPolicy access;

    public CopyFile(ObjectStore store, KeyLayout layout, AccessPolicy access) {
        this.store = store;
        this.layout = layout;
        this.access = access;
    }

    /**
     * Copies {@code source} to {@code target}, whose key has to fit the layout. Repeating it is harmless.
     *
     * @param principal who has to have the right to read the source and to write the target
     * @param overwrite whether a file at the target may be replaced. If not, the store decides it atomically where it has
     *     {@link Capability#CONDITIONAL_COPY}; elsewhere a file that appears at the same moment may still be replaced
     * @param ifSourceMatch the tag the source must have; empty for any
     * @throws InvalidInput when the target breaks the layout or is the source itself
     * @throws dev.stowage.core.error.AccessDenied when one of these is missing
     * @throws dev.stowage.core.error.NotFound when there is no source
     * @throws PreconditionFailed when there is a file at the target and {@code overwrite} is false, or the source has another tag
     */
    public ObjectInfo copy(
            Principal principal, ObjectKey source, ObjectKey target, boolean overwrite, Optional<Etag> ifSourceMatch) {
        return access.audited(
                principal,
                AuditedAction.of("file.copy", target).with("source", source),
                () -> perform(principal, source, target, overwrite, ifSourceMatch));
    }

    /** As {@link #copy}, for callers that tell the audit log themselves. */
    ObjectInfo perform(
            Principal principal, ObjectKey source, ObjectKey target, boolean overwrite, Optional<Etag> ifSourceMatch) {
        layout.check(target);
        access.permissions().check(principal, Action.READ, source);
        access.permissions().check(principal, Action.WRITE, target);
        if (source.equals(target)) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "Source and target are the same file; choose another target_key",
                    Map.of("field", "target_key"));
        }
        return store.copy(
                source, target, new CopyOptions(targetCondition(target, overwrite), ifSourceMatch, Optional.empty()));
    }

    private WriteCondition targetCondition(ObjectKey target, boolean overwrite) {
        if (overwrite) {
            return WriteCondition.NONE;
        }
        if (store.capabilities().contains(Capability.CONDITIONAL_COPY)) {
            return WriteCondition.IF_ABSENT;
        }
        if (store.stat(target).isPresent()) {
            throw new PreconditionFailed(
                    "There is a file at " + target + " already; allow overwrite or choose another target_key",
                    target.value());
        }
        return WriteCondition.NONE;
    }
}
