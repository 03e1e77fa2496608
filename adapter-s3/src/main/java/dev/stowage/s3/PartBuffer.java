package dev.stowage.s3;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a part in memory of the {@link BufferPool}. Filled by one thread, then read by any number of threads, then closed. The
 * method that takes a buffer from the pool closes it, unless it submits the part to a {@link TaskGroup}, which closes the buffer when the
 * task has ended. The streams over it need no closing.
 */
final class PartBuffer implements AutoCloseable {

    private final BufferPool pool;
    private final int reserved;
    private final List<byte[]> segments = new ArrayList<>();
    private long length;
    private boolean closed;

    PartBuffer(BufferPool pool, int reserved) {
        this.pool = pool;
        this.reserved = reserved;
    }

    /** How many bytes it holds. */
    long length() {
        return length;
    }

    /** Takes all bytes of {@code in}, which are no more than were asked of the pool. */
    void fill(InputStream in) {
        int count;
        do {
            byte[] segment = pool.segment();
            segments.add(segment);
            count = read(in, segment);
            length += count;
        } while (count == BufferPool.SEGMENT && segments.size() < reserved);
    }

    /** The bytes, from the first. */
    InputStream newStream() {
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
            if (position >= length) {
                return -1;
            }
            byte[] segment = segments.get((int) (position / BufferPool.SEGMENT));
            int start = (int) (position % BufferPool.SEGMENT);
            int count = (int) Math.min(Math.min(wanted, segment.length - start), length - position);
            System.arraycopy(segment, start, target, offset, count);
            position += count;
            return count;
        }
    }
}
