package dev.stowage.core.archive;

/**
 * The CRC-32 of two pieces, computed from the CRC-32s of both. A CRC is the remainder of a division of polynomials over GF(2), so appending
 * {@code n} bytes multiplies the remainder of the first piece by {@code x^(8n)}; see crc32_combine in
 * <a href="https://github.com/madler/zlib/blob/v1.3.1/crc32.c">zlib</a>. Neither the JDK nor a library in use has it.
 */
final class Crc32Sum {

    /** The polynomial with its bits in reverse order, in which the highest bit stands for {@code x^0}. */
    private static final int POLYNOMIAL = 0xEDB8_8320;

    private static final int ONE = 1 << 31;
    private static final int ONE_BYTE = ONE >>> 8;

    private Crc32Sum() {}

    /**
     * Returns the CRC-32 of both pieces.
     *
     * @param length of the second piece in bytes
     */
    static long of(long first, long second, long length) {
        int factor = ONE;
        int power = ONE_BYTE;
        for (long bits = length; bits > 0; bits >>= 1) {
            if ((bits & 1) == 1) {
                factor = multiply(power, factor);
            }
            power = multiply(power, power);
        }
        return Integer.toUnsignedLong(multiply(factor, (int) first) ^ (int) second);
    }

    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }
}
