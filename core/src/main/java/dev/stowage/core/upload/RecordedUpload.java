package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The record of an upload from its intent on, so that the store never has an upload without a record. */
final class RecordedUpload implements UploadJournal.Entry {

    private final UploadSessions sessions;
    private final InstantSource clock;
    private final UploadOrigin origin;
    private final ObjectAttributes attributes;
    private final UploadIntent intent;
    private volatile Optional<UploadSession> session = Optional.empty();

    RecordedUpload(
            UploadSessions sessions,
            InstantSource clock,
            UploadIntent intent,
            UploadOrigin origin,
            ObjectAttributes attributes) {
        this.sessions = sessions;
        this.clock = clock;
        this.origin = origin;
        this.attributes = attributes;
        this.intent = intent;
    }

    @Override
    public void begun(UploadId id) {
        UploadInfo upload = new UploadInfo(intent.key(), id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        UploadSession begun = UploadSession.begun(upload, origin, attributes);
        sessions.add(begun, intent);
        session = Optional.of(begun);
    }

    /** Returns the session; available once the upload has begun. */
    UploadSession session() {
        return session.orElseThrow();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What can't be recorded now is found once this process has ended. Throwing here would deny what the store has already done.
     */
    @Override
    public void ended(boolean clean) {
        try {
            session.ifPresentOrElse(begun -> end(begun, clean), () -> end(clean));
        } catch (StorageException foundLater) {
            return;
        }
    }

    private void end(boolean clean) {
        if (clean) {
            sessions.intents().withdraw(intent);
        } else {
            sessions.intents().markUncertain(intent);
        }
    }

    private void end(UploadSession begun, boolean clean) {
        if (clean) {
            sessions.remove(begun.id());
        } else {
            // Nothing else needs recording when it is already being aborted.
            boolean unused = sessions.change(begun, begun.to(UploadState.ABORTING, clock.instant()));
        }
    }
}
