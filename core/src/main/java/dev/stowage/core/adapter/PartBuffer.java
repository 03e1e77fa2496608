package dev.stowage.core.adapter;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The bytes of a part in memory of a {@link BufferPool}. Filled by one thread, then read by any number of threads, then closed. Streams
 * over it need no closing, and can't be read after it was closed.
 */
public final class PartBuffer implements Content, AutoCloseable {

    private final BufferPool pool;
    private final int reserved;
    private final List<byte[]> segments = new ArrayList<>();
    private long size;
    private boolean closed;

    PartBuffer(BufferPool pool, int reserved) {
        this.pool = pool;
        this.reserved = reserved;
    }

    /** Returns the number of bytes. */
    public long size() {
        return size;
    }

    /**
     * Takes the bytes of {@code in} up to its end, but no more than the size for which this buffer was taken, rounded up to whole segments
     * of 256 KiB. Called once.
     *
     * @throws BrokenContent when {@code in} can't be read
     */
    public void fill(InputStream in) {
        int count;
        do {
            byte[] segment = pool.segment();
            segments.add(segment);
            count = read(in, segment);
            size += count;
        } while (count == BufferPool.SEGMENT && segments.size() < reserved);
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
        return new Segments();
    }

    /** Returns the memory to the pool. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pool.giveBack(reserved, segments);
            segments.clear();
        }
    }

    private static int read(InputStream in, byte[] segment) {
        try {
            return in.readNBytes(segment, 0, segment.length);
        } catch (IOException e) {
            throw new BrokenContent("The body could not be read to its end; nothing was stored", e);
        }
    }

    private final class Segments extends BodyStream {

        private long position;

        @Override
        protected int take(byte[] target, int offset, int wanted) {
            if (position >= size) {
                return -1;
            }
            byte[] segment = segments.get((int) (position / BufferPool.SEGMENT));
            int start = (int) (position % BufferPool.SEGMENT);
            int count = (int) Math.min(Math.min(wanted, segment.length - start), size - position);
            System.arraycopy(segment, start, target, offset, count);
            position += count;
            return count;
        }
    }
}
