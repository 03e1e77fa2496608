package dev.stowage.local;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.PendingBlob;
import dev.stowage.local.blob.StoredBlob;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.OutcomeUnknown;
import dev.stowage.local.index.Stored;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes bodies in: first the bytes, for good, then the rows that name them. */
final class Intake {

    private final Index index;
    private final BlobStore blobs;
    private final Trash trash;

    Intake(Index index, BlobStore blobs, Trash trash) {
        this.index = index;
        this.blobs = blobs;
        this.trash = trash;
    }

    /**
     * Stores a body.
     *
     * @param maxSize in bytes
     * @param entry makes the rows; whatever it throws, nothing is left of the body
     */
    <T> T store(Content content, List<Checksum> expected, long maxSize, Entry<T> entry) {
        Stored<T> stored;
        try (ContentStream body = ContentStream.open(content, expected);
                PendingBlob pending = blobs.begin()) {
            StoredBlob blob = pending.write(body, content.length(), maxSize);
            stored = commit(pending, blob, entry);
        }
        trash.emptyAfter(stored.freed());
        return stored.value();
    }

    private <T> Stored<T> commit(PendingBlob pending, StoredBlob blob, Entry<T> entry) {
        try {
            Stored<T> stored = index.write(handle -> entry.record(handle, blob));
            pending.keep();
            return stored;
        } catch (StorageUnavailable e) {
            if (e.getCause() instanceof OutcomeUnknown) {
                pending.leave();
            }
            throw e;
        }
    }

    /** Makes the rows that name a blob. */
    @FunctionalInterface
    interface Entry<T> {
        Stored<T> record(Handle handle, StoredBlob blob);
    }
}
