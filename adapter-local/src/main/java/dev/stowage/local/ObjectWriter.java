package dev.stowage.local;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.Body;
import dev.stowage.local.blob.PendingBlob;
import dev.stowage.local.blob.SmallBody;
import dev.stowage.local.blob.StoredBlob;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Stores bodies: first the bytes, durably, then the rows that refer to them; or both in one transaction when the body is small. */
final class ObjectWriter {

    private final Index index;
    private final BlobStore blobs;
    private final BlobGarbage garbage;

    ObjectWriter(Index index, BlobStore blobs, BlobGarbage garbage) {
        this.index = index;
        this.blobs = blobs;
        this.garbage = garbage;
    }

    /**
     * Stores a body: in its row when it is small, else in a file.
     *
     * @param entry creates the rows; when it throws, nothing of the body remains
     */
    <T> T store(Content content, List<Checksum> expected, Entry<Body, T> entry) {
        index.checkRoom();
        if (content.length().orElse(0) > SmallBody.MAX_SIZE) {
            return storeFile(content, expected, Long.MAX_VALUE, entry);
        }
        ExpectedDigests digests = ExpectedDigests.of(expected);
        try (ContentStream body = ContentStream.open(content, digests.whileRead())) {
            byte[] head = head(body, content.length());
            if (head.length > SmallBody.MAX_SIZE) {
                InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), body);
                return storeFile(rest(whole, body), digests.md5(), Long.MAX_VALUE, entry);
            }
            SmallBody small = new SmallBody(head, body.digests());
            digests.check(small);
            Stored<T> stored = index.write(handle -> entry.record(handle, small));
            garbage.deleteFreed(stored.freed());
            return stored.value();
        }
    }

    /** The rest of a body that turned out not to be small, with the digests of the whole. */
    private static Content rest(InputStream whole, ContentStream body) {
        Content bytes = Content.once(whole, OptionalLong.empty());
        return new Content() {
            @Override
            public OptionalLong length() {
                return bytes.length();
            }

            @Override
            public boolean replayable() {
                return false;
            }

            @Override
            public InputStream open() throws IOException {
                return bytes.open();
            }

            @Override
            public List<Checksum> digests() {
                return body.digests();
            }
        };
    }

    /** The whole body if it is small, and else just enough of it to know that it is not. */
    private static byte[] head(ContentStream body, OptionalLong length) {
        byte[] head = new byte[(int) length.orElse(SmallBody.MAX_SIZE + 1)];
        int size = 0;
        while (size < head.length) {
            int count = body.read(head, size, head.length - size);
            if (count < 0) {
                return Arrays.copyOf(head, size);
            }
            size += count;
        }
        return head;
    }

    /**
     * Stores a body in a file.
     *
     * @param maxSize in bytes
     * @param entry creates the rows; when it throws, nothing of the body remains
     */
    <T> T storeFile(Content content, List<Checksum> expected, long maxSize, Entry<? super StoredBlob, T> entry) {
        index.checkRoom();
        ExpectedDigests digests = ExpectedDigests.of(expected);
        Stored<T> stored;
        try (ContentStream body = ContentStream.open(content, digests.whileRead());
                PendingBlob pending = blobs.begin()) {
            StoredBlob blob = pending.write(body, content.length(), maxSize);
            digests.check(blob);
            stored = commit(pending, blob, entry);
        }
        garbage.deleteFreed(stored.freed());
        return stored.value();
    }

    private <T> Stored<T> commit(PendingBlob pending, StoredBlob blob, Entry<? super StoredBlob, T> entry) {
        try {
            Stored<T> stored = index.write(handle -> entry.record(handle, blob));
            pending.keep();
            return stored;
        } catch (StorageUnavailable e) {
            if (e.isOutcomeUnknown()) {
                pending.leave();
            }
            throw e;
        }
    }

    /** Creates the rows of a body. */
    @FunctionalInterface
    interface Entry<B extends Body, T> {
        Stored<T> record(Handle handle, B body);
    }
}
