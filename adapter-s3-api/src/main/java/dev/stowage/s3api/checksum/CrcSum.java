package dev.stowage.s3api.checksum;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The CRC of parts that follow each other, computed from the CRC of each. The CRC of the first part is carried over the length of the second,
 * as if zeros followed it, by powers of the matrix of the polynomial (as {@code crc32_combine} of zlib does).
 */
final class CrcSum {

    private CrcSum() {}

    /** @param parts the CRC of each part, with the most significant byte first */
    static byte[] of(ChecksumAlgorithm algorithm, List<Long> sizes, List<byte[]> parts) {
        long polynomial = polynomial(algorithm);
        int bits = algorithm.length() * Byte.SIZE;
        long sum = value(parts.get(0));
        long size = -1;
        long[] shift = new long[0];
        for (int i = 1; i < parts.size(); i++) {
            if (sizes.get(i) != size) {
                // All parts but the last usually have the same size.
                size = sizes.get(i);
                shift = shift(size, polynomial, bits);
            }
            sum = applied(shift, sum) ^ value(parts.get(i));
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

    /** Returns the operator for that many bytes of zero. */
    private static long[] shift(long bytes, long polynomial, int bits) {
        // The operator for one bit of zero; column i is what becomes of bit i.
        long[] operator = new long[bits];
        operator[0] = polynomial;
        for (int i = 1; i < bits; i++) {
            operator[i] = 1L << (i - 1);
        }
        for (int i = 0; i < 3; i++) {
            operator = product(operator, operator);
        }
        long[] shift = new long[bits];
        for (int i = 0; i < bits; i++) {
            shift[i] = 1L << i;
        }
        for (long left = bytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                shift = product(operator, shift);
            }
            operator = product(operator, operator);
        }
        return shift;
    }

    /** Returns the operator that applies {@code second}, and then {@code first}. */
    private static long[] product(long[] first, long[] second) {
        long[] product = new long[second.length];
        for (int i = 0; i < second.length; i++) {
            product[i] = applied(first, second[i]);
        }
        return product;
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
