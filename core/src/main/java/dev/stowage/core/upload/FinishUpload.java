package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ResumableSessions;
import java.util.List;

/** Makes the file of an upload whose parts are all there. Each step is on record before the next, and can be gone on with. */
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
     * Chooses the parts and makes the file.
     *
     * @param session that is open
     * @throws dev.stowage.core.error.InvalidInput when the store has other parts; the upload is open then
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
     * What came of a session that is not open, after what is under way has ended.
     *
     * @throws StorageUnavailable when another thread or process is making the file, and has not made it within 20 s
     * @throws dev.stowage.core.error.InvalidInput when the store has other parts; the upload is open then
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
