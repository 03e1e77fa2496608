package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import java.time.InstantSource;
import java.util.Map;

/** Begins a multipart upload of a file whose key fits the layout. */
public final class CreateUpload {

    private final BeginUpload begin;
    private final KeyLayout layout;
    private final AccessPolicy access;

    /** @param maxOpen the most open uploads of one principal */
    public CreateUpload(
            MultipartStore store,
            UploadSessions sessions,
            KeyLayout layout,
            AccessPolicy access,
            int maxOpen,
            InstantSource clock) {
        this.begin = new BeginUpload(store, sessions, maxOpen, clock);
        this.layout = layout;
        this.access = access;
    }

    /**
     * Begins an upload; it is on record when this returns. Repeating it begins another one. What a crash in between leaves in the
     * store is found by the intent, which is on record before, and freed.
     *
     * @param principal whose it is from then on
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has too many open uploads
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     */
    public UploadSession create(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        AuditedAction action = AuditedAction.of("upload.create", key);
        return access.audited(
                principal,
                action,
                () -> createUntold(principal, key, attributes),
                session -> action.with("upload", session.id()));
    }

    private UploadSession createUntold(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        layout.check(key);
        access.permissions().check(principal, Action.WRITE, key);
        UploadOrigin origin =
                UploadOrigin.client(principal.id(), layout.match(key).orElse(Map.of()));
        return begin.begin(key, origin, attributes);
    }
}
