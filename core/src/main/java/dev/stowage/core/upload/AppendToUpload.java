package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.port.records.ResumableSessions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Appends to an upload, and creates the file once the last byte is stored. */
final class AppendToUpload {

    private static final int CHUNK = 64 << 10;
    private static final UploadOffset NOTHING = new UploadOffset(0, 0);

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
        Optional<ResumableSessions.CurrentUpload> found = lookup.find(id);
        return access.audited(
                principal,
                action("upload.append", id, found),
                () -> appendUnaudited(principal, id, found, append),
                status -> done(action("upload.append", id, found), status));
    }

    /**
     * Appends the first bytes to a new upload, and adds it to the record, unless the request fails before any of its bytes were recorded,
     * or has the wrong digest. Neither checks permissions nor writes to the audit log.
     *
     * @param upload of a {@linkplain UploadSession#isSinglePut single put}
     * @param first without digests of the whole file
     * @throws dev.stowage.core.error.TooManyOpen when the owner has reached the limit of open uploads
     */
    ResumableStatus begin(TokenHolder.NewUpload upload, AppendRequest first) {
        ResumableId id = upload.session().resumption().orElseThrow().id();
        try (UploadLocker.Attempt attempt = context.locker().begin(id, first.cut(), context.events())) {
            TokenHolder holder = TokenHolder.ofNew(context, attempt, upload);
            ResumableStatus status = append(upload.session(), holder, NOTHING, first);
            holder.record();
            return status;
        } catch (ChecksumMismatch e) {
            // The client does not know the URL of the upload.
            context.sessions().remove(upload.session().id());
            context.events().terminated();
            throw e;
        }
    }

    /**
     * See {@link ResumableUploads#get}. Writes to the audit log only when access is refused, or when the call creates the file because a
     * crash had prevented that.
     */
    ResumableStatus ask(Principal principal, ResumableId id) {
        Optional<ResumableSessions.CurrentUpload> found = lookup.find(id);
        AuditedAction action = action("upload.read", id, found);
        return access.asked(principal, action, () -> {
            boolean open =
                    ResumableLookup.isOpen(lookup.checked(principal, id, found).session());
            ResumableStatus status = appendUnaudited(principal, id, found, AppendRequest.nothing());
            if (open && isComplete(status)) {
                access.recordDone(principal, done(action, status));
            }
            return status;
        });
    }

    private static AuditedAction action(
            String operation, ResumableId id, Optional<ResumableSessions.CurrentUpload> found) {
        return AuditedAction.of(operation)
                .on(ResumableLookup.file(found.map(ResumableSessions.CurrentUpload::session)))
                .with("upload", id);
    }

    private static AuditedAction done(AuditedAction action, ResumableStatus status) {
        return isComplete(status) ? action.named(operation(status)) : action;
    }

    /** Returns what an append request has done. */
    static String operation(ResumableStatus status) {
        return isComplete(status) ? "upload.complete" : "upload.append";
    }

    private static boolean isComplete(ResumableStatus status) {
        return status.session().state() == UploadState.COMPLETED;
    }

    private ResumableStatus appendUnaudited(
            Principal principal,
            ResumableId id,
            Optional<ResumableSessions.CurrentUpload> found,
            AppendRequest append) {
        ResumableSessions.CurrentUpload before = lookup.checked(principal, id, found);
        try (UploadLocker.Attempt attempt = context.locker().begin(id, append.cut(), context.events())) {
            if (isWholeFile(before, append) && !attempt.hasWaited()) {
                return append(before.session(), TokenHolder.later(context, attempt, before), NOTHING, append);
            }
            ResumableSessions.CurrentUpload upload = lookup.current(principal, id);
            boolean open = ResumableLookup.isOpen(upload.session());
            Optional<ResumableStatus> ended = open ? Optional.empty() : ended(upload.session());
            if (ended.isPresent()) {
                AppendChecks.afterEnd(append, upload.session(), ended.get().offset());
                return ended.get();
            }
            upload = open ? upload : lookup.current(principal, id);
            TokenHolder holder = TokenHolder.now(context, attempt, upload);
            UploadOffset current = open && append.offset().isPresent()
                    ? uploads.offset(upload.session().id())
                    : reconciler.look(upload.session(), holder.token());
            return append(upload.session(), holder, current, append);
        }
    }

    /** Whether the request may bring the whole file at once, so that there is nothing to read from the record, and one change to make. */
    private static boolean isWholeFile(ResumableSessions.CurrentUpload upload, AppendRequest append) {
        return upload.isUntouched()
                && ResumableLookup.isOpen(upload.session())
                && upload.session().isSinglePut()
                && append.offset().isPresent()
                && append.file().filter(expected -> !expected.isEmpty()).isEmpty();
    }

    private ResumableStatus append(
            UploadSession found, TokenHolder holder, UploadOffset current, AppendRequest append) {
        long offset = current.offset();
        AppendChecks.offset(append.offset(), offset);
        UploadSession session = append.size().isPresent() ? expect(found, holder, offset, append) : found;
        long limit = AppendChecks.limit(session);
        AppendChecks.end(offset + append.body().length().orElse(0), limit);
        boolean onApproval = !append.expected().isEmpty();
        Optional<FileDigest> digest = digest(holder, offset, append);
        try (PartWriter parts = new PartWriter(context, session, holder, current, digest, onApproval)) {
            read(parts, holder, append, limit);
            holder.received();
            OptionalLong size = session.origin().expectedSize();
            if (append.last() && size.isEmpty()) {
                size = OptionalLong.of(parts.position());
                AppendChecks.accepted(uploads.expect(holder.token(), parts.position()));
            }
            if (size.equals(OptionalLong.of(parts.position()))) {
                digest.ifPresent(FileDigest::check);
                return finish(session, holder, parts, append);
            }
            parts.settle();
            AppendChecks.last(append, size, parts.position());
            return new ResumableStatus(session.active(context.clock().instant()), parts.position());
        }
    }

    /** Records the size that the client announces with this request. */
    private UploadSession expect(UploadSession session, TokenHolder holder, long offset, AppendRequest append) {
        long size = append.size().orElseThrow();
        AppendChecks.size(session, size, offset);
        if (session.origin().expectedSize().isPresent()) {
            return session;
        }
        AppendChecks.accepted(uploads.expect(holder.token(), size));
        return uploads.find(session.resumption().orElseThrow().id()).orElseThrow(UploadLocker::takenOver);
    }

    /** Returns the status of an upload that is not open. Empty when the store rejected its parts, so that it is open again. */
    private Optional<ResumableStatus> ended(UploadSession session) {
        try {
            return Optional.of(finish.ended(session));
        } catch (InvalidInput otherParts) {
            return Optional.empty();
        }
    }

    private ResumableStatus finish(UploadSession session, TokenHolder holder, PartWriter parts, AppendRequest append) {
        if (session.isSinglePut()) {
            return finish.put(session, holder, parts.whole());
        }
        parts.finish();
        try {
            return finish.finish(session);
        } catch (InvalidInput otherParts) {
            UploadOffset refused = uploads.offset(session.id());
            UploadOffset current = reconciler.check(session, holder.token());
            if (current.equals(refused)) {
                throw otherParts;
            }
            AppendChecks.checkNotRewound(append, current.offset());
            return new ResumableStatus(session.active(context.clock().instant()), current.offset());
        }
    }

    /** Returns the running digest of the upload, and records the digests of the whole file that the client now announces. */
    private Optional<FileDigest> digest(TokenHolder holder, long offset, AppendRequest append) {
        if (!holder.hasToken()) {
            return append.file().map(none -> FileDigest.begin());
        }
        Optional<FileDigest> digest =
                uploads.digest(holder.token().upload(), offset).map(FileDigest::load);
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
            AppendChecks.accepted(uploads.saveDigest(holder.token(), offset, running.save()));
        });
        return digest;
    }

    private static void read(PartWriter parts, TokenHolder holder, AppendRequest append, long limit) {
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
            // A request that was taken over was cut off by this process; its client may still be there, and can
            // continue.
            holder.check();
            throw e;
        }
    }
}
