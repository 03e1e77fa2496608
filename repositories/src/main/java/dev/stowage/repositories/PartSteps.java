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

/** Changes of parts by several statements. */
final class PartSteps implements PartChanges {

    @Override
    public Optional<UploadSessions.BegunPart> begin(
            Handle handle, ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        return PartAttemptTable.begin(handle, key, id, owner, number);
    }

    @Override
    public UploadSessions.PartOutcome put(Handle handle, PartFencingToken token, PartInfo part, Instant now) {
        // The touch locks the session, so that the attempts of other processes wait.
        boolean open = SqlSessions.touch(handle, token.upload(), now);
        boolean newest = PartAttemptTable.stored(handle, token, part.etag());
        if (!open) {
            return UploadSessions.PartOutcome.CLOSED;
        }
        if (!newest) {
            return UploadSessions.PartOutcome.OUTDATED;
        }
        PartTable.put(handle, token.upload(), part);
        return UploadSessions.PartOutcome.RECORDED;
    }
}
