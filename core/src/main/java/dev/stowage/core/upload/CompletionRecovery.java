package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Brings a completion that is on record to its end. */
final class CompletionRecovery {

    /** How far the store's clock may be off; S3 refuses requests whose time differs by more. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(15);

    /** How long another thread or process is waited for that the store is making the object for; it may have ended. */
    private static final Duration OTHERS_PATIENCE = Duration.ofSeconds(20);

    private final MultipartStore uploads;
    private final ObjectStore objects;
    private final UploadSessions sessions;
    private final CompletionWait wait;
    private final InstantSource clock;

    CompletionRecovery(MultipartStore uploads, ObjectStore objects, UploadSessions sessions, InstantSource clock) {
        this.uploads = uploads;
        this.objects = objects;
        this.sessions = sessions;
        this.wait = new CompletionWait(sessions, OTHERS_PATIENCE);
        this.clock = clock;
    }

    /**
     * Like {@link #on}, for callers that need the object: when the store refuses because it is completing the upload for another thread or
     * process, such as the recovery after a restart, that is waited for, up to 20 s.
     *
     * @param session that is completing
     * @throws Conflict when the other has not completed the upload by then
     */
    ObjectInfo withOthers(UploadSession session) {
        try {
            return on(session);
        } catch (Conflict atWork) {
            UploadSession now = await(session);
            if (now.state() == UploadState.COMPLETED) {
                return result(now);
            }
            throw atWork;
        }
    }

    /** The session once it is no longer completing, or as it is after 20 s. */
    UploadSession await(UploadSession completing) {
        return wait.await(completing);
    }

    /**
     * Asks the store, or finds out what it has done already. Repeating it, also by several at once, is harmless. When the store can't
     * be reached the session stays as it is.
     *
     * @param session that is completing
     * @throws InvalidInput when the store refuses the parts; the upload is then open again
     * @throws PreconditionFailed when the conditions on record do not hold; the upload is then open again
     * @throws NotSupported when the store can't decide them; the upload is then open again
     * @throws NotFound when neither upload nor object are there; the upload has then ended
     */
    ObjectInfo on(UploadSession session) {
        Completion chosen = session.completion().orElseThrow();
        Etag etag;
        try {
            etag = complete(session, chosen).etag();
        } catch (InvalidInput | PreconditionFailed | NotSupported e) {
            boolean unused = sessions.change(session, session.to(UploadState.OPEN, clock.instant()));
            throw e;
        } catch (NotFound e) {
            Optional<Etag> made = made(session, chosen);
            if (made.isEmpty()) {
                return lost(session);
            }
            etag = made.get();
        }
        UploadSession completed = session.completed(etag, clock.instant());
        // When somebody else noted it first, it is the same.
        boolean unused = sessions.change(session, completed);
        return result(completed);
    }

    private ObjectInfo complete(UploadSession session, Completion chosen) {
        ObjectKey key = session.key();
        UploadId id = session.id();
        try {
            return chosen.conditions()
                    .apply(
                            key,
                            () -> objects.stat(key),
                            condition -> uploads.complete(key, id, chosen.parts(), condition));
        } catch (PreconditionFailed e) {
            // The upload is gone when an attempt before this one has made the object, which may be why the conditions
            // fail now.
            PartPage unused = uploads.listParts(key, id, 1, Optional.empty());
            throw e;
        }
    }

    /** The object of a session that is completed. */
    static ObjectInfo result(UploadSession session) {
        Completion made = session.completion().orElseThrow();
        return new ObjectInfo(
                session.key(), made.size(), made.etag().orElseThrow(), session.lastActivity(), session.attributes());
    }

    /** The tag of the object, when it is the one that these parts make. */
    private Optional<Etag> made(UploadSession session, Completion chosen) {
        return objects.stat(session.key())
                .filter(info -> info.size() == chosen.size())
                .filter(info -> hasTagOf(chosen, info)
                        || (MultipartEtag.canHaveParts(
                                        info.etag(), chosen.parts().size())
                                && isOfItsTime(session, info)))
                .map(ObjectInfo::etag);
    }

    private static boolean hasTagOf(Completion chosen, ObjectInfo info) {
        return MultipartEtag.of(chosen.parts().stream().map(PartTag::etag).toList())
                .equals(Optional.of(info.etag()));
    }

    /**
     * Whether an object whose tag does not follow from the parts' tags, as under SSE-KMS, was written since the upload began. S3 gives it
     * the time at which the upload was begun.
     */
    private static boolean isOfItsTime(UploadSession session, ObjectInfo info) {
        return !info.lastModified().isBefore(session.upload().initiated().minus(CLOCKS_APART));
    }

    private ObjectInfo lost(UploadSession session) {
        if (sessions.change(session, session.to(UploadState.ABORTED, clock.instant()))) {
            throw NotFound.upload(session.key().value(), session.id().value());
        }
        return sessions.find(session.key(), session.id())
                .filter(now -> now.state() == UploadState.COMPLETED)
                .map(CompletionRecovery::result)
                .orElseThrow(() ->
                        NotFound.upload(session.key().value(), session.id().value()));
    }
}
