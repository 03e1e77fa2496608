package dev.stowage.local.index;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Etag;
import dev.stowage.local.blob.BlobId;
import dev.stowage.local.blob.Body;
import dev.stowage.local.blob.Segment;
import dev.stowage.local.blob.SentChecksums;
import dev.stowage.local.blob.SmallBody;
import dev.stowage.local.blob.StoredBlob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Contents, and their bytes or segments. */
public final class ContentTable {

    private ContentTable() {}

    /** A content without segments yet. */
    static long create(Handle handle) {
        return handle.createQuery("INSERT INTO content DEFAULT VALUES RETURNING id")
                .mapTo(Long.class)
                .one();
    }

    /** A content of one whole body: its bytes, or one segment. */
    static long create(Handle handle, Body body, Instant now) {
        if (body instanceof SmallBody small) {
            return handle.createQuery("INSERT INTO content (bytes, checksums) VALUES (:bytes, :checksums) RETURNING id")
                    .bind("bytes", small.bytes())
                    .bind("checksums", SentChecksums.text(small.checksums()))
                    .mapTo(Long.class)
                    .one();
        }
        long content = create(handle);
        add(handle, content, 1, (StoredBlob) body, now);
        return content;
    }

    /** Adds a segment under an unused number. */
    static void add(Handle handle, long content, int number, StoredBlob blob, Instant now) {
        handle.createUpdate("INSERT INTO segment (content_id, number, blob, size, md5, stored_at, checksums)"
                        + " VALUES (:content, :number, :blob, :size, :md5, :now, :checksums)")
                .bind("content", content)
                .bind("number", number)
                .bind("blob", blob.id().value())
                .bind("size", blob.size())
                .bind("md5", blob.md5())
                .bind("now", now.toEpochMilli())
                .bind("checksums", SentChecksums.text(blob.checksums()))
                .execute();
    }

    /** A small body; empty when the content has segments, or was deleted. */
    static Optional<SmallBody> small(Handle handle, long content) {
        return handle.createQuery("SELECT bytes, checksums FROM content WHERE id = :content AND bytes IS NOT NULL")
                .bind("content", content)
                .map((row, context) ->
                        new SmallBody(row.getBytes("bytes"), SentChecksums.parse(row.getString("checksums"))))
                .findFirst();
    }

    /** The checksums of a content in one piece. */
    static List<Checksum> checksums(Handle handle, long content) {
        return handle.createQuery("SELECT checksums FROM content WHERE id = :content AND bytes IS NOT NULL"
                        + " UNION ALL SELECT checksums FROM segment WHERE content_id = :content LIMIT 1")
                .bind("content", content)
                .map((row, context) -> SentChecksums.parse(row.getString("checksums")))
                .findFirst()
                .orElse(List.of());
    }

    /** The segments in order; none when the content was deleted. At most one for each part number. */
    public static List<Segment> segments(Handle handle, long content) {
        return handle.createQuery("SELECT blob, size FROM segment WHERE content_id = :content ORDER BY number")
                .bind("content", content)
                .map((row, context) -> new Segment(new BlobId(row.getString("blob")), row.getLong("size")))
                .list();
    }

    /** The segments as blobs, in order. */
    static List<StoredBlob> blobs(Handle handle, long content) {
        return handle.createQuery(
                        "SELECT blob, size, md5, checksums FROM segment WHERE content_id = :content ORDER BY number")
                .bind("content", content)
                .map((row, context) -> blob(row))
                .list();
    }

    /** The segment with exactly these bytes of the content; empty when there is none. */
    static Optional<StoredBlob> blob(Handle handle, long content, ByteSpan bytes) {
        return handle.createQuery("SELECT blob, size, md5, checksums FROM (SELECT *,"
                        + " sum(size) OVER (ORDER BY number) - size AS start FROM segment WHERE content_id = :content)"
                        + " WHERE start = :start AND size = :size LIMIT 1")
                .bind("content", content)
                .bind("start", bytes.offset())
                .bind("size", bytes.length())
                .map((row, context) -> blob(row))
                .findFirst();
    }

    private static StoredBlob blob(ResultSet row) throws SQLException {
        return new StoredBlob(
                new BlobId(row.getString("blob")),
                row.getLong("size"),
                row.getString("md5"),
                SentChecksums.parse(row.getString("checksums")));
    }

    /** The segments as parts, in order, after a number. */
    static List<PartInfo> parts(Handle handle, long content, int after, int limit) {
        return handle.createQuery("SELECT number, size, md5, stored_at, checksums FROM segment"
                        + " WHERE content_id = :content AND number > :after ORDER BY number LIMIT :limit")
                .bind("content", content)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new PartInfo(
                        new PartNumber(row.getInt("number")),
                        row.getLong("size"),
                        new Etag(row.getString("md5")),
                        Instant.ofEpochMilli(row.getLong("stored_at")),
                        SentChecksums.parse(row.getString("checksums"))))
                .list();
    }

    /** Removes a single segment, if it exists; its blob becomes garbage that is not being read. */
    static boolean discard(Handle handle, long content, int number) {
        handle.createUpdate("INSERT INTO garbage (content_id, blob, size)"
                        + " SELECT :unread, blob, size FROM segment WHERE content_id = :content AND number = :number")
                .bind("unread", GarbageTable.UNREAD)
                .bind("content", content)
                .bind("number", number)
                .execute();
        return handle.createUpdate("DELETE FROM segment WHERE content_id = :content AND number = :number")
                        .bind("content", content)
                        .bind("number", number)
                        .execute()
                > 0;
    }

    /**
     * Deletes contents and turns their segments into garbage, except those that an object or an upload still uses. The number of statements
     * does not depend on the number of contents.
     *
     * @return the contents that were freed, each once; none when all were small, because readers have their bytes in memory
     */
    static List<Long> release(Handle handle, List<Long> contents) {
        List<Long> freed = handle.createQuery("SELECT DISTINCT value FROM json_each(:contents)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM object WHERE content_id = value)"
                        + " AND NOT EXISTS (SELECT 1 FROM upload WHERE content_id = value)")
                .bind("contents", JsonArray.of(contents))
                .mapTo(Long.class)
                .list();
        if (freed.isEmpty()) {
            return List.of();
        }
        int garbage = update(
                handle,
                "INSERT INTO garbage (content_id, blob, size) SELECT content_id, blob, size FROM segment"
                        + " WHERE content_id IN (SELECT value FROM json_each(:contents))",
                freed);
        if (garbage > 0) {
            update(handle, "DELETE FROM segment WHERE content_id IN (SELECT value FROM json_each(:contents))", freed);
        }
        update(handle, "DELETE FROM content WHERE id IN (SELECT value FROM json_each(:contents))", freed);
        return garbage > 0 ? freed : List.of();
    }

    /** Whether a blob is a segment, or garbage, which is deleted separately. */
    public static boolean isKnown(Handle handle, BlobId blob) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM segment WHERE blob = :blob)"
                        + " OR EXISTS (SELECT 1 FROM garbage WHERE blob = :blob)")
                .bind("blob", blob.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static int update(Handle handle, String sql, List<Long> contents) {
        return handle.createUpdate(sql).bind("contents", JsonArray.of(contents)).execute();
    }
}
