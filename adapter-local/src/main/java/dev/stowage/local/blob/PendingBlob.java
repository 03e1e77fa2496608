package dev.stowage.local.blob;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.local.fault.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob that is not in the index yet. Closing it deletes the file, unless it was {@link #keep() kept} or {@link #leave()
 * left}. For one thread.
 */
public final class PendingBlob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PendingBlob.class);
    private static final int BUFFER = HashBuffer.PIECE;

    private final BlobFolder folder;
    private final Set<BlobId> pending;
    private final BlobId id;
    private final HasherPool helpers;
    private boolean open = true;

    PendingBlob(BlobFolder folder, Set<BlobId> pending, BlobId id, HasherPool helpers) {
        this.folder = folder;
        this.pending = pending;
        this.id = id;
        this.helpers = helpers;
    }

    /**
     * Writes the whole body durably; the name of the file becomes durable with {@link BlobStore#sync}.
     *
     * @param length of the body, when it is known
     * @param maxSize in bytes
     * @throws InvalidInput when the body is over {@code maxSize}
     * @throws dev.stowage.core.error.StorageException from the body, and when the disk fails or is full
     */
    public StoredBlob write(ContentStream body, OptionalLong length, long maxSize) {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(length.orElse(BUFFER), BUFFER))];
        BackgroundHasher md5 = new BackgroundHasher(helpers);
        long size = 0;
        try (FileChannel file = folder.create(id)) {
            int count = body.readNBytes(buffer, 0, buffer.length);
            while (count > 0) {
                size += count;
                checkSize(size, maxSize);
                md5.update(buffer, count);
                writeAll(file, ByteBuffer.wrap(buffer, 0, count));
                count = body.readNBytes(buffer, 0, buffer.length);
            }
            file.force(true);
            return new StoredBlob(id, size, md5.finish(), SentChecksums.of(body.digests()));
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Writes a small body to the file. */
    StoredBlob write(SmallBody body) {
        Content content = Content.of(body.bytes());
        StoredBlob blob = write(ContentStream.open(content, List.of()), content.length(), SmallBody.MAX_SIZE);
        return new StoredBlob(blob.id(), blob.size(), blob.md5(), body.checksums());
    }

    /**
     * Makes the blob a hard link to an existing one.
     *
     * @return empty when the file system does not support it
     */
    Optional<StoredBlob> link(StoredBlob source) {
        try {
            folder.link(source.id(), id);
            return Optional.of(new StoredBlob(id, source.size(), source.md5(), source.checksums()));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("Could not link blob {}; its bytes are copied", source.id(), e);
            return Optional.empty();
        }
    }

    /** Moves the blob to its folder, after it was committed to the index. */
    public void keep() {
        open = false;
        try {
            folder.place(id);
        } catch (IOException e) {
            LOG.warn("Could not move blob {} to its folder; it stays readable where it is", id, e);
        }
        pending.remove(id);
    }

    /** Leaves the file as it is when the outcome of the commit is unknown; the next start decides. */
    public void leave() {
        open = false;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            folder.delete(id);
        } catch (IOException e) {
            LOG.warn("Could not delete blob {}; the next sweep tries again", id, e);
        }
        pending.remove(id);
    }

    private static void checkSize(long size, long maxSize) {
        if (size > maxSize) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A part has at most " + maxSize + " bytes",
                    Map.of("max_part_size", maxSize));
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
