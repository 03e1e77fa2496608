package dev.stowage.core.upload;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * SHA-256 or SHA-512 (FIPS 180-4) with a state that can be saved and continued in another process, which the JDK's implementation does not
 * support. Several times slower than the JDK's. For one thread.
 */
final class Sha2 {

    private static final long[] CUBE_ROOTS = fractions(80, 3);
    private static final long[] SQUARE_ROOTS = fractions(8, 2);

    private final boolean wide;
    private final byte[] block;
    private final long[] state;
    private final long[] schedule;
    private long length;

    private Sha2(boolean wide) {
        this.wide = wide;
        this.block = new byte[wide ? 128 : 64];
        this.schedule = new long[wide ? 80 : 64];
        this.state = SQUARE_ROOTS.clone();
        if (!wide) {
            // The words of SHA-256 are the upper halves of those of SHA-512; they are kept in the lower halves.
            for (int i = 0; i < state.length; i++) {
                state[i] >>>= Integer.SIZE;
            }
        }
    }

    static Sha2 sha256() {
        return new Sha2(false);
    }

    static Sha2 sha512() {
        return new Sha2(true);
    }

    /** Adds bytes to the digest. */
    void update(byte[] bytes, int offset, int count) {
        int done = 0;
        while (done < count) {
            int used = (int) (length % block.length);
            int taken = Math.min(count - done, block.length - used);
            System.arraycopy(bytes, offset + done, block, used, taken);
            done += taken;
            length += taken;
            if (used + taken == block.length) {
                compress();
            }
        }
    }

    /** Returns the digest of all bytes so far. The digest can't be updated afterwards. */
    byte[] finish() {
        long bits = length * Byte.SIZE;
        int lengthField = block.length / 8;
        int used = (int) (length % block.length);
        int zeros = Math.floorMod(block.length - lengthField - used - 1, block.length);
        byte[] padding = new byte[1 + zeros + lengthField];
        padding[0] = (byte) 0x80;
        ByteBuffer.wrap(padding).putLong(padding.length - Long.BYTES, bits);
        update(padding, 0, padding.length);
        ByteBuffer digest = ByteBuffer.allocate(wide ? 64 : 32);
        for (long word : state) {
            if (wide) {
                digest.putLong(word);
            } else {
                digest.putInt((int) word);
            }
        }
        return digest.array();
    }

    /** Writes the state for {@link #load}. */
    void save(DataOutputStream out) throws IOException {
        out.writeLong(length);
        for (long word : state) {
            out.writeLong(word);
        }
        out.write(block, 0, (int) (length % block.length));
    }

    /** Restores the state that {@link #save} wrote. */
    void load(DataInputStream in) throws IOException {
        length = in.readLong();
        for (int i = 0; i < state.length; i++) {
            state[i] = in.readLong();
        }
        in.readFully(block, 0, (int) (length % block.length));
    }

    private void compress() {
        ByteBuffer words = ByteBuffer.wrap(block);
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = i < 16
                    ? (wide ? words.getLong() : words.getInt())
                    : schedule[i - 16] + smallSigma0(schedule[i - 15]) + schedule[i - 7] + smallSigma1(schedule[i - 2]);
        }
        long a = state[0];
        long b = state[1];
        long c = state[2];
        long d = state[3];
        long e = state[4];
        long f = state[5];
        long g = state[6];
        long h = state[7];
        for (int i = 0; i < schedule.length; i++) {
            long root = wide ? CUBE_ROOTS[i] : CUBE_ROOTS[i] >>> Integer.SIZE;
            long t1 = h + sigma1(e) + ((e & f) ^ (~e & g)) + root + schedule[i];
            long t2 = sigma0(a) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        add(a, b, c, d, e, f, g, h);
    }

    private long sigma0(long x) {
        return wide ? rotated(x, 28, 34, 39) : rotated((int) x, 2, 13, 22);
    }

    private long sigma1(long x) {
        return wide ? rotated(x, 14, 18, 41) : rotated((int) x, 6, 11, 25);
    }

    private long smallSigma0(long x) {
        return wide
                ? Long.rotateRight(x, 1) ^ Long.rotateRight(x, 8) ^ (x >>> 7)
                : Integer.rotateRight((int) x, 7) ^ Integer.rotateRight((int) x, 18) ^ ((int) x >>> 3);
    }

    private long smallSigma1(long x) {
        return wide
                ? Long.rotateRight(x, 19) ^ Long.rotateRight(x, 61) ^ (x >>> 6)
                : Integer.rotateRight((int) x, 17) ^ Integer.rotateRight((int) x, 19) ^ ((int) x >>> 10);
    }

    private static long rotated(long x, int a, int b, int c) {
        return Long.rotateRight(x, a) ^ Long.rotateRight(x, b) ^ Long.rotateRight(x, c);
    }

    private static int rotated(int x, int a, int b, int c) {
        return Integer.rotateRight(x, a) ^ Integer.rotateRight(x, b) ^ Integer.rotateRight(x, c);
    }

    /** The words of SHA-256 may carry into their upper halves, which are ignored. */
    private void add(long... words) {
        for (int i = 0; i < words.length; i++) {
            state[i] += words[i];
        }
    }

    /** The first 64 bits of the fractional parts of the roots of the first primes (FIPS 180-4, sections 4.2.3 and 5.3.5). */
    private static long[] fractions(int count, int degree) {
        long[] fractions = new long[count];
        BigInteger prime = BigInteger.ONE;
        for (int i = 0; i < count; i++) {
            prime = prime.nextProbablePrime();
            fractions[i] = root(prime.shiftLeft(Long.SIZE * degree), degree).longValue();
        }
        return fractions;
    }

    private static BigInteger root(BigInteger value, int degree) {
        BigInteger root = BigInteger.ZERO;
        for (int bit = value.bitLength() / degree; bit >= 0; bit--) {
            BigInteger larger = root.setBit(bit);
            if (larger.pow(degree).compareTo(value) <= 0) {
                root = larger;
            }
        }
        return root;
    }
}
