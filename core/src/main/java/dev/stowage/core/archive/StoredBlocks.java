package dev.stowage.core.archive;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * A range of an entry's data: the file's bytes in blocks that Deflate stores as they are (RFC 1951, section 3.2.4). The length of the data
 * follows from that of the file, and each byte has a known position. Entries that are not compressed at all would need no blocks, but the
 * end of such an entry can't be found by programs that unpack while they read, if its checksum follows the data.
 */
final class StoredBlocks extends BodyStream {

    private static final int HEADER = 5;
    /** With its header, a block has 64 KiB, the size in which files are read. */
    private static final int BLOCK = (64 << 10) - HEADER;

    private static final int FRAME = BLOCK + HEADER;

    private final InputStream body;
    private final long size;
    private final Checksum checksum;
    private final long end;
    private long position;

    /**
     * @param body the file's bytes in the range
     * @param size of the whole file in bytes
     * @param from the position of the first byte in the data
     * @param to the position after the last byte in the data
     * @param checksum receives the file's bytes
     */
    StoredBlocks(InputStream body, long size, long from, long to, Checksum checksum) {
        this.body = body;
        this.size = size;
        this.checksum = checksum;
        this.end = to;
        this.position = from;
    }

    /** Returns the length of the data of a file of {@code size} bytes. */
    static long length(long size) {
        return size + HEADER * blocks(size);
    }

    /** Returns the number of the file's bytes before a position in the data. */
    static long bytesBefore(long position, long size) {
        long inBlock = Math.max(position % FRAME - HEADER, 0);
        return Math.min(position / FRAME * BLOCK + inBlock, size);
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        if (position == end) {
            return -1;
        }
        int inFrame = (int) (position % FRAME);
        int wanted = (int) Math.min(length, end - position);
        int count = inFrame < HEADER
                ? header(inFrame, buffer, offset, Math.min(wanted, HEADER - inFrame))
                : bytes(buffer, offset, Math.min(wanted, FRAME - inFrame));
        position += count;
        return count;
    }

    private int header(int from, byte[] buffer, int offset, int length) {
        long block = position / FRAME;
        int bytes = (int) Math.min(BLOCK, size - block * BLOCK);
        byte[] header = ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (block == blocks(size) - 1 ? 1 : 0))
                .putShort((short) bytes)
                .putShort((short) ~bytes)
                .array();
        System.arraycopy(header, from, buffer, offset, length);
        return length;
    }

    private int bytes(byte[] buffer, int offset, int length) throws IOException {
        int count = body.readNBytes(buffer, offset, length);
        if (count < length) {
            throw new StorageUnavailable("The store ended the file's content early", null);
        }
        checksum.update(buffer, offset, count);
        return count;
    }

    private static long blocks(long size) {
        return Math.max((size + BLOCK - 1) / BLOCK, 1);
    }
}
