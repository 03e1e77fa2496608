package dev.stowage.local.index;

import dev.stowage.local.blob.BlobId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Blobs that are no longer used, and whose files are to be deleted. */
public final class GarbageTable {

    /** The content of blobs that can't be in use by readers: parts that were replaced or left out. */
    public static final long UNREAD = 0;

    private GarbageTable() {}

    /** The contents that have garbage, in order, after one. */
    public static List<Long> contents(Handle handle, long after, int limit) {
        return handle.createQuery("SELECT DISTINCT content_id FROM garbage WHERE content_id > :after"
                        + " ORDER BY content_id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /**
     * The garbage of some contents, in order.
     *
     * @param after an entry of an earlier page, or {@link Entry#FIRST}
     */
    public static List<Entry> entries(Handle handle, List<Long> contents, Entry after, int limit) {
        return handle.createQuery("SELECT content_id, id, blob, size FROM garbage"
                        + " WHERE content_id IN (SELECT value FROM json_each(:contents))"
                        + " AND (content_id, id) > (:content, :id) ORDER BY content_id, id LIMIT :limit")
                .bind("contents", JsonArray.of(contents))
                .bind("content", after.content())
                .bind("id", after.id())
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getLong("content_id"),
                        row.getLong("id"),
                        new BlobId(row.getString("blob")),
                        row.getLong("size")))
                .list();
    }

    /** Deletes garbage entries whose files are deleted. */
    public static void delete(Handle handle, List<Entry> entries) {
        handle.createUpdate("DELETE FROM garbage WHERE id IN (SELECT value FROM json_each(:ids))")
                .bind("ids", JsonArray.of(entries.stream().map(Entry::id).toList()))
                .execute();
    }

    /**
     * A garbage entry.
     *
     * @param size in bytes
     */
    public record Entry(long content, long id, BlobId blob, long size) {

        /** Before all entries. */
        public static final Entry FIRST = new Entry(Long.MIN_VALUE, 0, new BlobId("0".repeat(32)), 0);
    }
}
