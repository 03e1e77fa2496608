package dev.stowage.core.object;

import java.nio.ByteBuffer;

/** CRC-64/NVME, as S3 clients send it: reflected, with all bits inverted at the beginning and the end. */
final class Crc64Hasher implements ChecksumAlgorithm.Hasher {

    /** The polynomial 0xAD93D23594C93659 with its bits in reverse order. */
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final long[] TABLE = table();

    private long sum = ~0L;

    @Override
    public void update(byte[] bytes, int offset, int length) {
        long current = sum;
        for (int i = offset; i < offset + length; i++) {
            current = TABLE[(int) (current ^ bytes[i]) & 0xFF] ^ (current >>> 8);
        }
        sum = current;
    }

    @Override
    public byte[] finish() {
        return ByteBuffer.allocate(Long.BYTES).putLong(~sum).array();
    }

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
            }
            table[i] = value;
        }
        return table;
    }
}
