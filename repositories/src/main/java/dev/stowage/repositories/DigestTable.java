package dev.stowage.repositories;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.UploadId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The digest states of uploads, at the positions from which they can be resumed. */
final class DigestTable {

    private static final String PART_SIZE =
            "SELECT part_size FROM upload_session WHERE id = :id AND state = 'OPEN' AND turn = :turn";

    private DigestTable() {}

    /** Returns whether the token is the latest of an open upload; otherwise nothing changes. */
    static boolean save(Handle handle, SqlDialect dialect, FencingToken token, long position, byte[] state) {
        Optional<Long> partSize = handle.createQuery(PART_SIZE + dialect.forUpdate())
                .bind("id", token.upload().value())
                .bind("turn", token.number())
                .mapTo(Long.class)
                .findOne();
        if (partSize.isEmpty()) {
            return false;
        }
        handle.createUpdate("DELETE FROM upload_digest WHERE session_id = :id AND position <"
                        + " (SELECT coalesce(sum(size), 0) FROM upload_part WHERE session_id = :id)"
                        + " + (SELECT coalesce(sum(size), 0) FROM upload_tail WHERE session_id = :id AND staged = 0)"
                        + " AND position % :part_size <> 0")
                .bind("id", token.upload().value())
                .bind("part_size", partSize.get())
                .execute();
        handle.createUpdate("INSERT INTO upload_digest (session_id, position, state) VALUES (:id, :position, :state)"
                        + " ON CONFLICT (session_id, position) DO UPDATE SET state = excluded.state")
                .bind("id", token.upload().value())
                .bind("position", position)
                .bind("state", state)
                .execute();
        return true;
    }

    static Optional<byte[]> find(Handle handle, UploadId id, long position) {
        return handle.createQuery("SELECT state FROM upload_digest WHERE session_id = :id AND position = :position")
                .bind("id", id.value())
                .bind("position", position)
                .mapTo(byte[].class)
                .findOne();
    }

    static void delete(Handle handle, UploadId id) {
        handle.execute("DELETE FROM upload_digest WHERE session_id = ?", id.value());
    }
}
