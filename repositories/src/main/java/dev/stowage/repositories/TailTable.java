package dev.stowage.repositories;

import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.records.ResumableSessions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The bytes of uploads after their last whole parts; changes run within one transaction. */
final class TailTable {

    private static final String INSERT = "INSERT INTO upload_tail (session_id, position, size, staged, bytes)"
            + " VALUES (:id, :position, :size, :staged, :bytes)";

    private TailTable() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long position, byte[] bytes) {}

    /** Appends committed bytes. They are merged into the last chunk when it is small, so that many small requests make few chunks. */
    static void append(Handle handle, UploadId id, long position, List<byte[]> pieces) {
        Optional<Piece> before = last(handle, id, ResumableSessions.MAX_CHUNK - pieces.get(0).length);
        if (before.isEmpty()) {
            insert(handle, id, position, pieces, false);
            return;
        }
        byte[] joined = join(before.get().bytes(), pieces.get(0));
        handle.createUpdate(
                        "UPDATE upload_tail SET bytes = :bytes, size = :size WHERE session_id = :id AND position = :position")
                .bind("bytes", joined)
                .bind("size", joined.length)
                .bind("id", id.value())
                .bind("position", before.get().position())
                .execute();
        insert(handle, id, position + pieces.get(0).length, pieces.subList(1, pieces.size()), false);
    }

    /** Appends bytes that are not committed yet. */
    static void stage(Handle handle, UploadId id, long position, List<byte[]> pieces) {
        insert(handle, id, position, pieces, true);
    }

    static void dropStaged(Handle handle, UploadId id) {
        handle.execute("DELETE FROM upload_tail WHERE session_id = ? AND staged = 1", id.value());
    }

    /** Deletes bytes that are stored in parts, and commits the rest. */
    static void commit(Handle handle, UploadId id) {
        handle.createUpdate("DELETE FROM upload_tail WHERE session_id = :id AND position <"
                        + " (SELECT coalesce(sum(size), 0) FROM upload_part WHERE session_id = :id)")
                .bind("id", id.value())
                .execute();
        handle.execute("UPDATE upload_tail SET staged = 0 WHERE session_id = ? AND staged = 1", id.value());
    }

    static void delete(Handle handle, UploadId id) {
        handle.execute("DELETE FROM upload_tail WHERE session_id = ?", id.value());
    }

    /** The last committed chunk, when it has at most {@code max} bytes. */
    private static Optional<Piece> last(Handle handle, UploadId id, int max) {
        return handle.createQuery(
                        "SELECT position, bytes FROM upload_tail WHERE session_id = :id AND size <= :max"
                                + " AND staged = 0 AND position = (SELECT max(position) FROM upload_tail WHERE session_id = :id)")
                .bind("id", id.value())
                .bind("max", max)
                .map((row, context) -> new Piece(row.getLong("position"), row.getBytes("bytes")))
                .findOne();
    }

    private static void insert(Handle handle, UploadId id, long position, List<byte[]> pieces, boolean staged) {
        if (pieces.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            long start = position;
            for (byte[] piece : pieces) {
                batch.bind("id", id.value())
                        .bind("position", start)
                        .bind("size", piece.length)
                        .bind("staged", staged)
                        .bind("bytes", piece)
                        .add();
                start += piece.length;
            }
            batch.execute();
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
