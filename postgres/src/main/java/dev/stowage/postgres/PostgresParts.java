package dev.stowage.postgres;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.repositories.PartChanges;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Changes of parts by functions of the schema, one call each. */
final class PostgresParts implements PartChanges {

    @Override
    public Optional<UploadSessions.BegunPart> begin(
            Handle handle, ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        return handle.createQuery("SELECT begun, contested FROM part_begin(:key, :id, CAST(:owner AS TEXT), :number)")
                .bind("key", key.value())
                .bind("id", id.value())
                .bind("owner", owner)
                .bind("number", number.value())
                .map((row, context) -> new UploadSessions.BegunPart(
                        new PartFencingToken(id, number, row.getLong("begun")), row.getBoolean("contested")))
                .findOne();
    }

    @Override
    public UploadSessions.PartOutcome put(Handle handle, PartFencingToken token, PartInfo part, Instant now) {
        return handle.createQuery("SELECT part_put(:id, :number, :attempt, :size, :etag, :at, :now)")
                .bind("id", token.upload().value())
                .bind("number", token.number().value())
                .bind("attempt", token.attempt())
                .bind("size", part.size())
                .bind("etag", part.etag().value())
                .bind("at", part.lastModified().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .mapTo(UploadSessions.PartOutcome.class)
                .one();
    }
}
