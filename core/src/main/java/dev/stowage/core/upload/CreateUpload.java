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
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.util.Map;

/** Creates a multipart upload of a file whose key fits the layout. */
final class CreateUpload {

    private final BeginUpload begin;
    private final KeyLayout layout;
    private final AccessPolicy access;

    /** @param maxOpen the maximum number of open uploads of one principal */
    CreateUpload(
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

    /** See {@link Uploads#create}. */
    UploadSession create(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        AuditedAction action = AuditedAction.of("upload.create", key);
        return access.audited(
                principal,
                action,
                () -> createUnaudited(principal, key, attributes),
                session -> action.with("upload", session.id()));
    }

    private UploadSession createUnaudited(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        layout.check(key);
        access.permissions().check(principal, Action.WRITE, key);
        UploadOrigin origin =
                UploadOrigin.client(principal.id(), layout.match(key).orElse(Map.of()));
        return begin.begin(key, origin, attributes);
    }
}
