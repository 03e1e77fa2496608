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
 * A blob that the index does not know yet. Closing it removes the file, unless it was {@link #keep() kept} or {@link #leave()
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
     * Writes the body, all of it, so that it outlasts a power failure; its name does so with {@link BlobStore#sync}.
     *
     * @param length of the body, where it is known
     * @param maxSize in bytes
     * @throws InvalidInput when the body is over {@code maxSize}
     * @throws dev.stowage.core.error.StorageException what the body throws, and when the disk fails or is full
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
            return new StoredBlob(id, size, md5.finish());
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Writes a body that had no file before, as any other. */
    StoredBlob write(SmallBody body) {
        Content content = Content.of(body.bytes());
        return write(ContentStream.open(content, List.of()), content.length(), SmallBody.MAX_SIZE);
    }

    /**
     * Makes it the same bytes as another blob, which is there.
     *
     * @return empty when the file system can't
     */
    Optional<StoredBlob> link(StoredBlob source) {
        try {
            folder.link(source.id(), id);
            return Optional.of(new StoredBlob(id, source.size(), source.md5()));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("Blob {} could not be linked; its bytes are copied", source.id(), e);
            return Optional.empty();
        }
    }

    /** Puts the blob in its place: the index has it now. */
    public void keep() {
        open = false;
        try {
            folder.place(id);
        } catch (IOException e) {
            LOG.warn("Blob {} could not be moved to its folder; it is read from where it is", id, e);
        }
        pending.remove(id);
    }

    /** Leaves the blob as it is: whether the index has it, or will, only the next start can tell. */
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
            LOG.warn("Blob {} could not be removed; the next sweep tries again", id, e);
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
