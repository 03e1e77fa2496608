package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;

/** Copies a file to another key within the store. */
final class CopyFile {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final AccessPolicy access;

    CopyFile(ObjectStore store, KeyLayout layout, AccessPolicy access) {
        this.store = store;
        this.layout = layout;
        this.access = access;
    }

    /** See {@link Files#copy}. */
    ObjectInfo copy(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            AttributeChanges changes,
            Preconditions conditions,
            Preconditions sourceConditions) {
        return access.audited(
                principal,
                AuditedAction.of("file.copy", target).with("source", source),
                () -> perform(principal, source, target, changes, conditions, sourceConditions, false));
    }

    /**
     * Like {@link #copy}, for callers that write to the audit log themselves.
     *
     * @param move whether the copy takes the place of the source
     */
    ObjectInfo perform(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            AttributeChanges changes,
            Preconditions conditions,
            Preconditions sourceConditions,
            boolean move) {
        layout.check(target);
        access.permissions().check(principal, Action.READ, source);
        access.permissions().check(principal, Action.WRITE, target);
        if (source.equals(target) && changes.isEmpty()) {
            throw InvalidInput.ofField("target_key", "Source and target are the same file; choose another target_key");
        }
        Optional<Etag> version = version(source, sourceConditions);
        return conditions.apply(
                target,
                () -> store.stat(target),
                condition -> store.copy(
                        source, target, new CopyOptions(decidable(target, condition), version, changes, move)));
    }

    /** Returns the version of the source that meets the conditions; empty for any. */
    private Optional<Etag> version(ObjectKey source, Preconditions conditions) {
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        ObjectInfo found = store.stat(source).orElseThrow(() -> NotFound.file(source.value()));
        conditions.check(source, Optional.of(found));
        return Optional.of(found.etag());
    }

    /** Returns the condition, or none if the store can't decide it and it was checked here. */
    private WriteCondition decidable(ObjectKey target, WriteCondition condition) {
        if (Capability.CONDITIONAL_COPY.decides(condition, store.capabilities())) {
            return condition;
        }
        Preconditions.of(condition).check(target, store.stat(target));
        return WriteCondition.NONE;
    }
}
