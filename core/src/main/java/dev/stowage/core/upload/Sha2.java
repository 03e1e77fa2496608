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
    private static final int[] UPPER_CUBE_ROOTS = upper(CUBE_ROOTS, 64);
    private static final long[] SQUARE_ROOTS = fractions(8, 2);

    private final boolean wide;
    private final byte[] block;
    private final long[] state;
    private final long[] schedule;
    private final int[] narrowSchedule;
    private long length;

    private Sha2(boolean wide) {
        this.wide = wide;
        this.block = new byte[wide ? 128 : 64];
        this.schedule = new long[wide ? 80 : 0];
        this.narrowSchedule = new int[wide ? 0 : 64];
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
        if (wide) {
            compress512();
        } else {
            compress256();
        }
    }

    private void compress256() {
        ByteBuffer words = ByteBuffer.wrap(block);
        int[] scheduled = narrowSchedule;
        for (int i = 0; i < 64; i++) {
            if (i < 16) {
                scheduled[i] = words.getInt();
            } else {
                int w15 = scheduled[i - 15];
                int w2 = scheduled[i - 2];
                int s0 = Integer.rotateRight(w15, 7) ^ Integer.rotateRight(w15, 18) ^ (w15 >>> 3);
                int s1 = Integer.rotateRight(w2, 17) ^ Integer.rotateRight(w2, 19) ^ (w2 >>> 10);
                scheduled[i] = scheduled[i - 16] + s0 + scheduled[i - 7] + s1;
            }
        }
        int a = (int) state[0];
        int b = (int) state[1];
        int c = (int) state[2];
        int d = (int) state[3];
        int e = (int) state[4];
        int f = (int) state[5];
        int g = (int) state[6];
        int h = (int) state[7];
        for (int i = 0; i < 64; i++) {
            int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int t1 = h + s1 + ((e & f) ^ (~e & g)) + UPPER_CUBE_ROOTS[i] + scheduled[i];
            int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
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

    private void compress512() {
        ByteBuffer words = ByteBuffer.wrap(block);
        for (int i = 0; i < 80; i++) {
            if (i < 16) {
                schedule[i] = words.getLong();
            } else {
                long w15 = schedule[i - 15];
                long w2 = schedule[i - 2];
                long s0 = Long.rotateRight(w15, 1) ^ Long.rotateRight(w15, 8) ^ (w15 >>> 7);
                long s1 = Long.rotateRight(w2, 19) ^ Long.rotateRight(w2, 61) ^ (w2 >>> 6);
                schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
            }
        }
        long a = state[0];
        long b = state[1];
        long c = state[2];
        long d = state[3];
        long e = state[4];
        long f = state[5];
        long g = state[6];
        long h = state[7];
        for (int i = 0; i < 80; i++) {
            long s1 = Long.rotateRight(e, 14) ^ Long.rotateRight(e, 18) ^ Long.rotateRight(e, 41);
            long t1 = h + s1 + ((e & f) ^ (~e & g)) + CUBE_ROOTS[i] + schedule[i];
            long s0 = Long.rotateRight(a, 28) ^ Long.rotateRight(a, 34) ^ Long.rotateRight(a, 39);
            long t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
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

    private static int[] upper(long[] words, int count) {
        int[] upper = new int[count];
        for (int i = 0; i < count; i++) {
            upper[i] = (int) (words[i] >>> Integer.SIZE);
        }
        return upper;
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
