package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The two changes for each part of an upload: before and after the store has it. A database that is reached over a network makes each of
 * them by one statement, to save round trips. The methods run within the caller's transaction, and lock the session.
 */
public interface PartChanges {

    /** See {@link dev.stowage.core.port.records.UploadSessions#beginPart}. */
    Optional<UploadSessions.BegunPart> begin(
            Handle handle, ObjectKey key, UploadId id, Optional<String> owner, PartNumber number);

    /** See {@link dev.stowage.core.port.records.UploadSessions#putPart}. */
    UploadSessions.PartOutcome put(Handle handle, PartFencingToken token, PartInfo part, Instant now);

    /** Returns changes by several statements, which every database supports. */
    static PartChanges inSteps() {
        return new PartSteps();
    }
}
