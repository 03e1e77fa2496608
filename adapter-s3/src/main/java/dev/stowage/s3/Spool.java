package dev.stowage.s3;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Bytes on disk for as long as they are needed. On POSIX systems the file has lost its name before the first byte is written, so a crash
 * leaves nothing behind.
 */
final class Spool implements AutoCloseable {

    private static final int CHUNK = 64 << 10;

    private final FileChannel file;
    private long length;

    Spool(Path directory) {
        try {
            file = FileChannel.open(
                    directory.resolve("part-" + UUID.randomUUID() + ".tmp"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new StorageUnavailable("There is no room for the part on the service's disk. Try again later.", e);
        }
    }

    /** Takes what {@code source} has, up to one byte over {@code limit}. */
    void fill(PartSource source, long limit) {
        byte[] chunk = new byte[CHUNK];
        while (length <= limit && source.hasMore()) {
            int count = source.take(chunk);
            try {
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
                while (bytes.hasRemaining()) {
                    file.write(bytes, length + bytes.position());
                }
            } catch (IOException e) {
                throw new StorageFull(e);
            }
            length += count;
        }
    }

    long length() {
        return length;
    }

    Body body() {
        return Body.of(ContentStreamProvider.fromInputStreamSupplier(Reader::new), length, true);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StorageUnavailable("The part's temporary file could not be closed", e);
        }
    }

    private final class Reader extends BulkStream {

        private long position;

        @Override
        int take(byte[] target, int offset, int wanted) throws IOException {
            int count = file.read(ByteBuffer.wrap(target, offset, wanted), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
