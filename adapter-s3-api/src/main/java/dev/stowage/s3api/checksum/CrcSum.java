package dev.stowage.s3api.checksum;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The CRC of parts that follow each other, computed from the CRC of each. The CRC of the first part is carried over the length of the second,
 * as if zeros followed it, by squaring the matrix of the polynomial (as {@code crc32_combine} of zlib does).
 */
final class CrcSum {

    private CrcSum() {}

    /** @param parts the CRC of each part, with the most significant byte first */
    static byte[] of(ChecksumAlgorithm algorithm, List<Long> sizes, List<byte[]> parts) {
        long polynomial = polynomial(algorithm);
        int bits = algorithm.length() * Byte.SIZE;
        long sum = value(parts.get(0));
        for (int i = 1; i < parts.size(); i++) {
            sum = shift(sum, sizes.get(i), polynomial, bits) ^ value(parts.get(i));
        }
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
        return Arrays.copyOfRange(bytes, Long.BYTES - algorithm.length(), Long.BYTES);
    }

    /** The polynomials with their bits in reverse order. */
    private static long polynomial(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> 0xEDB88320L;
            case CRC32C -> 0x82F63B78L;
            case CRC64NVME -> 0x9A6C9329AC4BC9B5L;
            case MD5, SHA1, SHA256, SHA512 -> throw new IllegalArgumentException(algorithm + " can't be combined");
        };
    }

    /** Returns the CRC after that many bytes of zero. */
    private static long shift(long crc, long bytes, long polynomial, int bits) {
        // The operator for one bit of zero; column i is what becomes of bit i.
        long[] operator = new long[bits];
        operator[0] = polynomial;
        for (int i = 1; i < bits; i++) {
            operator[i] = 1L << (i - 1);
        }
        for (int i = 0; i < 3; i++) {
            operator = squared(operator);
        }
        long shifted = crc;
        for (long left = bytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                shifted = applied(operator, shifted);
            }
            operator = squared(operator);
        }
        return shifted;
    }

    private static long[] squared(long[] operator) {
        long[] square = new long[operator.length];
        for (int i = 0; i < operator.length; i++) {
            square[i] = applied(operator, operator[i]);
        }
        return square;
    }

    private static long applied(long[] operator, long vector) {
        long sum = 0;
        int bit = 0;
        for (long left = vector; left != 0; left >>>= 1) {
            if ((left & 1) == 1) {
                sum ^= operator[bit];
            }
            bit++;
        }
        return sum;
    }

    private static long value(byte[] crc) {
        long value = 0;
        for (byte part : crc) {
            value = value << Byte.SIZE | (part & 0xFF);
        }
        return value;
    }
}
