package dev.stowage.core.upload;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;

/** Records uploads that the store creates on its own as sessions of this process. */
public final class SessionJournal implements UploadJournal {

    private final UploadSessions sessions;
    private final KeyLayout layout;
    private final ProcessId process;
    private final InstantSource clock;

    /** @param process this process, which must hold a lease while it works */
    public SessionJournal(UploadSessions sessions, KeyLayout layout, ProcessId process, InstantSource clock) {
        this.sessions = sessions;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public Entry open(ObjectKey key, ObjectAttributes attributes, OptionalLong size) {
        UploadOrigin origin = UploadOrigin.process(process, layout.match(key).orElse(Map.of()), size);
        UploadIntent intent = sessions.intents().intend(key, clock.instant());
        return new RecordedUpload(sessions, clock, intent, origin, attributes);
    }
}
