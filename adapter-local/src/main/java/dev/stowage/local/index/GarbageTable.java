package dev.stowage.local.index;

import dev.stowage.local.blob.BlobId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Blobs that nothing names any more, and whose files are still to be removed. */
public final class GarbageTable {

    /** The content of blobs that no reader can be at: parts that were replaced or left out. */
    public static final long UNREAD = 0;

    private GarbageTable() {}

    /** The contents that have garbage, in order, from after one. */
    public static List<Long> contents(Handle handle, long after, int limit) {
        return handle.createQuery("SELECT DISTINCT content_id FROM garbage WHERE content_id > :after"
                        + " ORDER BY content_id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** The garbage of a content, in order, from after an entry. */
    public static List<Entry> entries(Handle handle, long content, long after, int limit) {
        return handle.createQuery("SELECT id, blob, size FROM garbage WHERE content_id = :content AND id > :after"
                        + " ORDER BY id LIMIT :limit")
                .bind("content", content)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) ->
                        new Entry(row.getLong("id"), new BlobId(row.getString("blob")), row.getLong("size")))
                .list();
    }

    /** Forgets a piece of garbage: its file is gone. */
    public static void forget(Handle handle, long id) {
        handle.createUpdate("DELETE FROM garbage WHERE id = :id").bind("id", id).execute();
    }

    /**
     * A piece of garbage.
     *
     * @param size in bytes
     */
    public record Entry(long id, BlobId blob, long size) {}
}
