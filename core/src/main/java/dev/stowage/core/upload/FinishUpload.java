package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.records.ResumableSessions;
import java.util.List;

/** Creates the file of an upload that has all its parts. Each step is recorded before the next one, and can be resumed. */
final class FinishUpload {

    private final ResumableContext context;
    private final ResumableSessions uploads;
    private final CompletionRecovery recovery;

    FinishUpload(ResumableContext context) {
        this.context = context;
        this.uploads = context.sessions().resumable();
        this.recovery = new CompletionRecovery(
                context.storage().uploads(), context.storage().objects(), context.sessions(), context.clock());
    }

    /**
     * Chooses the parts and creates the file.
     *
     * @param session that is open
     * @throws dev.stowage.core.error.InvalidInput when the store has other parts; the upload is then open
     */
    ResumableStatus finish(UploadSession session) {
        List<PartInfo> parts = uploads.parts(session.id());
        List<PartTag> tags = parts.stream()
                .map(part -> new PartTag(part.number(), part.etag()))
                .toList();
        long size = parts.stream().mapToLong(PartInfo::size).sum();
        UploadSession completing = session.completing(
                tags,
                size,
                session.resumption().orElseThrow().conditions(),
                context.clock().instant());
        if (context.sessions().change(session, completing)) {
            return recovery(completing);
        }
        return context.sessions()
                .find(session.key(), session.id())
                .filter(now -> now.state() == UploadState.COMPLETING || now.state() == UploadState.COMPLETED)
                .map(this::ended)
                .orElseThrow(UploadLocker::takenOver);
    }

    /**
     * Puts the file of a {@linkplain UploadSession#isSinglePut single put}.
     *
     * @param session that is open
     * @param holder of the request
     * @param bytes all bytes of the file
     * @throws Conflict when another request has taken over
     */
    ResumableStatus put(UploadSession session, TokenHolder holder, Content bytes) {
        long size = bytes.length().orElseThrow();
        UploadSession putting = holder.beginPut(session, size, context.clock().instant());
        PutOptions options = new PutOptions(session.attributes(), WriteCondition.NONE, List.of());
        ObjectInfo made;
        try {
            made = context.storage()
                    .objects()
                    .put(session.key(), bytes, options)
                    .info();
        } catch (StorageException e) {
            reopen(putting, e);
            throw e;
        }
        UploadSession completed = putting.completed(made.etag(), context.clock().instant());
        AppendChecks.accepted(context.sessions().change(putting, completed));
        context.events().finished();
        return new ResumableStatus(completed, size);
    }

    /** What can't be recorded now is repeated by the next request, or by background maintenance. */
    private void reopen(UploadSession putting, StorageException reason) {
        try {
            boolean unused = uploads.reopen(putting, context.clock().instant());
        } catch (StorageException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Returns the result of a session that is not open, once running work on it has ended.
     *
     * @throws StorageUnavailable when another thread or process is creating the file, and has not finished within 20 s
     * @throws dev.stowage.core.error.InvalidInput when the store has other parts; the upload is then open
     */
    ResumableStatus ended(UploadSession session) {
        if (session.state() == UploadState.COMPLETING) {
            return recovery(session);
        }
        return new ResumableStatus(session, session.completion().orElseThrow().size());
    }

    private ResumableStatus recovery(UploadSession completing) {
        ObjectInfo made;
        try {
            made = recovery.withOthers(completing);
        } catch (Conflict atWork) {
            throw new StorageUnavailable("The file is still being assembled; try again soon", atWork);
        }
        context.events().finished();
        ResumableId id = completing.resumption().orElseThrow().id();
        UploadSession completed = uploads.find(id).orElse(completing);
        return new ResumableStatus(completed, made.size());
    }
}
