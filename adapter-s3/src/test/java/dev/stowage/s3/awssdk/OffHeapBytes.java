package dev.stowage.s3.awssdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Bytes outside of the heap, so that those of this server do not count in the memory of the store that a test measures. */
final class OffHeapBytes {

    private static final int BLOCK = 16 << 10;

    private final List<ByteBuffer> blocks;
    private final long size;

    private OffHeapBytes(List<ByteBuffer> blocks) {
        this.blocks = List.copyOf(blocks);
        this.size = blocks.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Reads a stream to its end. */
    static OffHeapBytes read(InputStream stream) throws IOException {
        List<ByteBuffer> blocks = new ArrayList<>();
        byte[] buffer = new byte[BLOCK];
        for (int count = stream.readNBytes(buffer, 0, BLOCK); count > 0; count = stream.readNBytes(buffer, 0, BLOCK)) {
            blocks.add(ByteBuffer.allocateDirect(count).put(buffer, 0, count).flip());
        }
        return new OffHeapBytes(blocks);
    }

    static OffHeapBytes join(List<OffHeapBytes> parts) {
        return new OffHeapBytes(
                parts.stream().flatMap(part -> part.blocks.stream()).toList());
    }

    long size() {
        return size;
    }

    void update(MessageDigest digest) {
        blocks.forEach(block -> digest.update(block.duplicate()));
    }

    InputStream open(long first, long length) {
        Objects.checkFromToIndex(first, first + length, size);
        List<ByteBuffer> range = new ArrayList<>();
        long begin = 0;
        for (ByteBuffer block : blocks) {
            int from = (int) Math.min(Math.max(first - begin, 0), block.remaining());
            int to = (int) Math.max(Math.min(first + length - begin, block.remaining()), 0);
            if (from < to) {
                range.add(block.slice(from, to - from));
            }
            begin += block.remaining();
        }
        return new Blocks(range.iterator());
    }

    private static final class Blocks extends InputStream {

        private final Iterator<ByteBuffer> rest;
        private ByteBuffer current = ByteBuffer.allocate(0);

        Blocks(Iterator<ByteBuffer> rest) {
            this.rest = rest;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (!current.hasRemaining() && !rest.hasNext()) {
                return -1;
            }
            if (!current.hasRemaining()) {
                current = rest.next();
            }
            int count = Math.min(length, current.remaining());
            current.get(target, from, count);
            return count;
        }
    }
}
