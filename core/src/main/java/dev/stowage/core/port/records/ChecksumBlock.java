package dev.stowage.core.port.records;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The CRC-32s of {@value #SIZE} consecutive entries of an archive, as far as they are known. Not safe for concurrent use. */
public final class ChecksumBlock {

    /** The number of entries. */
    public static final int SIZE = 1024;

    private static final int BYTES = 1 + Integer.BYTES;
    private static final byte KNOWN = 1;

    private final ByteBuffer bytes;

    private ChecksumBlock(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Returns a block of unknown checksums. */
    public static ChecksumBlock unknown() {
        return new ChecksumBlock(new byte[SIZE * BYTES]);
    }

    /** Returns the block that {@link #bytes} has encoded. @throws IllegalArgumentException when these are not the bytes of a block */
    public static ChecksumBlock of(byte[] encoded) {
        if (encoded.length != SIZE * BYTES) {
            throw new IllegalArgumentException("not a block of checksums: " + encoded.length + " bytes");
        }
        return new ChecksumBlock(encoded.clone());
    }

    /** Returns the encoded block. */
    public byte[] bytes() {
        return bytes.array().clone();
    }

    /**
     * Returns the checksum of an entry, if it is known.
     *
     * @param index of the entry in this block
     */
    public OptionalLong get(int index) {
        return bytes.get(index * BYTES) == KNOWN
                ? OptionalLong.of(Integer.toUnsignedLong(bytes.getInt(index * BYTES + 1)))
                : OptionalLong.empty();
    }

    /**
     * Sets the checksum of an entry.
     *
     * @param index of the entry in this block
     */
    public void set(int index, long crc) {
        bytes.put(index * BYTES, KNOWN).putInt(index * BYTES + 1, (int) crc);
    }

    /** Adds the checksums that are known in another block of the same entries. */
    public void add(ChecksumBlock other) {
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            other.get(i).ifPresent(crc -> set(index, crc));
        }
    }
}
