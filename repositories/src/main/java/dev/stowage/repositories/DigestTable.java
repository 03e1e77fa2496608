package dev.stowage.repositories;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.UploadId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The digest states of uploads, at the positions from which they can be resumed. */
final class DigestTable {

    private DigestTable() {}

    /** Returns whether the token is the latest of an open upload; otherwise nothing changes. */
    static boolean save(Handle handle, FencingToken token, long position, byte[] state) {
        handle.createUpdate(
                        "DELETE FROM upload_digest WHERE session_id = :id AND position <"
                                + " (SELECT coalesce(sum(size), 0) FROM upload_part WHERE session_id = :id)"
                                + " + (SELECT coalesce(sum(size), 0) FROM upload_tail WHERE session_id = :id AND staged = 0)"
                                + " AND position % (SELECT part_size FROM upload_session WHERE id = :id) <> 0"
                                + " AND EXISTS (SELECT 1 FROM upload_session WHERE id = :id AND state = 'OPEN' AND turn = :turn)")
                .bind("id", token.upload().value())
                .bind("turn", token.number())
                .execute();
        return handle.createUpdate("INSERT INTO upload_digest (session_id, position, state)"
                                + " SELECT id, :position, :state FROM upload_session"
                                + " WHERE id = :id AND state = 'OPEN' AND turn = :turn"
                                + " ON CONFLICT (session_id, position) DO UPDATE SET state = excluded.state")
                        .bind("id", token.upload().value())
                        .bind("turn", token.number())
                        .bind("position", position)
                        .bind("state", state)
                        .execute()
                == 1;
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
