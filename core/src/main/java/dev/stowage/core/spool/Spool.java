package dev.stowage.core.spool;

import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/** Bytes in a {@link SpoolSpace}, kept until this is closed. For one thread at a time. */
public final class Spool implements Content, AutoCloseable {

    private final FileChannel file;
    private final SpoolSpace space;
    private long size;
    private boolean closed;

    Spool(FileChannel file, SpoolSpace space) {
        this.file = file;
        this.space = space;
    }

    /** Returns the number of bytes. */
    public long size() {
        return size;
    }

    /**
     * Adds bytes.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when there is no space left, or the disk fails; the spool must be closed then
     */
    public void append(ByteBuffer bytes) {
        space.take(bytes.remaining());
        size += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw SpoolSpace.failed(e);
        }
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return new SpoolStream();
    }

    /** Releases the space. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        space.giveBack(size);
        try {
            file.close();
        } catch (IOException ignored) {
            // The file has been used by now, or is being abandoned.
        }
    }

    private final class SpoolStream extends BodyStream {

        private long position;

        @Override
        protected int take(byte[] target, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(target, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
