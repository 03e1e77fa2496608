package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.port.ResumableSessions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Appends to an upload, and creates the file once the last byte is stored. */
final class AppendToUpload {

    private static final int CHUNK = 64 << 10;

    private final ResumableContext context;
    private final ResumableSessions uploads;
    private final ResumableLookup lookup;
    private final AccessPolicy access;
    private final FinishUpload finish;
    private final PartReconciler reconciler;

    AppendToUpload(ResumableContext context, AccessPolicy access) {
        this.context = context;
        this.uploads = context.sessions().resumable();
        this.lookup = new ResumableLookup(context.sessions(), access.permissions());
        this.access = access;
        this.finish = new FinishUpload(context);
        this.reconciler = new PartReconciler(context);
    }

    /** See {@link ResumableUploads#append}. */
    ResumableStatus append(Principal principal, ResumableId id, AppendRequest append) {
        AuditedAction action =
                AuditedAction.of("upload.append").on(lookup.file(id)).with("upload", id);
        return access.audited(
                principal, action, () -> appendUnaudited(principal, id, append), status -> done(action, status));
    }

    /**
     * See {@link ResumableUploads#get}. Writes to the audit log only when access is refused, or when the call creates the file because a
     * crash had prevented that.
     */
    ResumableStatus ask(Principal principal, ResumableId id) {
        AuditedAction action =
                AuditedAction.of("upload.read").on(lookup.file(id)).with("upload", id);
        return access.asked(principal, action, () -> {
            boolean open = ResumableLookup.isOpen(lookup.get(principal, id));
            ResumableStatus status = appendUnaudited(principal, id, AppendRequest.nothing());
            if (open && isComplete(status)) {
                access.recordDone(principal, done(action, status));
            }
            return status;
        });
    }

    private static AuditedAction done(AuditedAction action, ResumableStatus status) {
        return isComplete(status) ? action.named("upload.complete") : action;
    }

    private static boolean isComplete(ResumableStatus status) {
        return status.session().state() == UploadState.COMPLETED;
    }

    private ResumableStatus appendUnaudited(Principal principal, ResumableId id, AppendRequest append) {
        lookup.get(principal, id);
        try (UploadLocker.Attempt attempt = context.locker().begin(id, append.cut(), context.events())) {
            UploadSession session = lookup.get(principal, id);
            boolean open = ResumableLookup.isOpen(session);
            Optional<ResumableStatus> ended = open ? Optional.empty() : ended(session);
            if (ended.isPresent()) {
                AppendChecks.afterEnd(append, session, ended.get().offset());
                return ended.get();
            }
            session = open ? session : lookup.get(principal, id);
            FencingToken token = uploads.begin(session.id()).orElseThrow(UploadLocker::takenOver);
            attempt.holds(token);
            if (token.number() > 1) {
                context.locker().announce(id);
            }
            attempt.check();
            UploadOffset current = open && append.offset().isPresent()
                    ? uploads.offset(session.id())
                    : reconciler.look(session, token);
            long offset = current.offset();
            AppendChecks.offset(append.offset(), offset);
            if (append.size().isPresent()) {
                AppendChecks.size(session, append.size().getAsLong(), offset);
                AppendChecks.accepted(uploads.expect(token, append.size().getAsLong()));
                session = lookup.get(principal, id);
            }
            return append(session, attempt, token, current, append);
        }
    }

    private ResumableStatus append(
            UploadSession session,
            UploadLocker.Attempt attempt,
            FencingToken token,
            UploadOffset current,
            AppendRequest append) {
        long limit = AppendChecks.limit(session);
        AppendChecks.end(current.offset() + append.body().length().orElse(0), limit);
        boolean onApproval = !append.expected().isEmpty();
        Optional<FileDigest> digest = digest(token, current.offset(), append);
        try (PartWriter parts = new PartWriter(context, session, token, current, digest, onApproval)) {
            read(parts, append, limit);
            attempt.received();
            OptionalLong size = session.origin().expectedSize();
            if (append.last() && size.isEmpty()) {
                size = OptionalLong.of(parts.position());
                AppendChecks.accepted(uploads.expect(token, parts.position()));
            }
            if (size.equals(OptionalLong.of(parts.position()))) {
                digest.ifPresent(FileDigest::check);
                parts.finish();
                return finish(session, token, append);
            }
            parts.settle();
            AppendChecks.last(append, size, parts.position());
            return new ResumableStatus(session.active(context.clock().instant()), parts.position());
        }
    }

    /** Returns the status of an upload that is not open. Empty when the store rejected its parts, so that it is open again. */
    private Optional<ResumableStatus> ended(UploadSession session) {
        try {
            return Optional.of(finish.ended(session));
        } catch (InvalidInput otherParts) {
            return Optional.empty();
        }
    }

    private ResumableStatus finish(UploadSession session, FencingToken token, AppendRequest append) {
        try {
            return finish.finish(session);
        } catch (InvalidInput otherParts) {
            UploadOffset refused = uploads.offset(session.id());
            UploadOffset current = reconciler.check(session, token);
            if (current.equals(refused)) {
                throw otherParts;
            }
            AppendChecks.wentBack(append, current.offset());
            return new ResumableStatus(session.active(context.clock().instant()), current.offset());
        }
    }

    /** Returns the running digest of the upload, and records the digests of the whole file that the client now announces. */
    private Optional<FileDigest> digest(FencingToken token, long offset, AppendRequest append) {
        Optional<FileDigest> digest = uploads.digest(token.upload(), offset).map(FileDigest::load);
        if (append.file().isEmpty()) {
            return digest;
        }
        if (digest.isEmpty() && offset == 0) {
            digest = Optional.of(FileDigest.begin());
        }
        List<Checksum> expected = append.file().get();
        if (digest.isEmpty() && !expected.isEmpty()) {
            throw new NotSupported(
                    "The digest of the whole file can't be checked, because no digest of the earlier bytes was computed;"
                            + " start a new upload");
        }
        digest.ifPresent(running -> {
            running.expect(expected);
            AppendChecks.accepted(uploads.saveDigest(token, offset, running.save()));
        });
        return digest;
    }

    private static void read(PartWriter parts, AppendRequest append, long limit) {
        try (ContentStream body = ContentStream.open(append.body(), append.expected())) {
            byte[] chunk = new byte[CHUNK];
            for (int count = body.read(chunk, 0, CHUNK); count >= 0; count = body.read(chunk, 0, CHUNK)) {
                AppendChecks.end(parts.position() + count, limit);
                parts.write(chunk, count);
            }
        } catch (BrokenContent e) {
            if (append.expected().isEmpty()) {
                parts.settle();
            }
            throw e;
        }
    }
}
