package dev.stowage.testkit;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Bodies of any size that are generated and verified as streams. Each byte is determined by its offset and a seed, so that no body is held
 * in memory and misplaced bytes are detected.
 */
public final class Bodies {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int BUFFER = 64 * 1024;

    private Bodies() {}

    /** Returns a replayable body of {@code size} bytes with announced length. */
    public static Content pattern(long size, long seed) {
        return pattern(size, seed, OptionalLong.of(size));
    }

    /** Returns a replayable body of {@code size} bytes with unknown length. */
    public static Content ofUnknownLength(long size, long seed) {
        return pattern(size, seed, OptionalLong.empty());
    }

    /** Returns the same body as a stream. */
    public static InputStream stream(long size, long seed) {
        return new PatternStream(size, seed);
    }

    /** Returns the same body as an array, for small ones. */
    public static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        fill(bytes, 0, size, 0, seed);
        return bytes;
    }

    /** Returns the byte at {@code offset} of every body with this seed. */
    public static byte at(long offset, long seed) {
        return (byte) (word(offset >>> 3, seed) >>> ((offset & 7) * 8));
    }

    /** Returns a replayable body of {@code size} bytes that announces {@code announced} bytes. */
    public static Content ofWrongLength(long size, long seed, long announced) {
        return pattern(size, seed, OptionalLong.of(announced));
    }

    /** Returns the digest of the first {@code size} bytes of the bodies with this seed. */
    public static Checksum checksum(ChecksumAlgorithm algorithm, long size, long seed) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        InputStream body = new PatternStream(size, seed);
        byte[] buffer = new byte[BUFFER];
        try (body) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading a pattern never fails", e);
        }
        return Checksum.of(algorithm, hasher.finish());
    }

    /**
     * Reads {@code body} to its end and compares it with the {@code length} bytes from {@code offset}.
     *
     * @throws AssertionError at the first byte that differs, and when there are fewer or more bytes
     */
    public static void verify(InputStream body, long offset, long length, long seed) throws IOException {
        verifyNext(body, offset, length, seed);
        if (body.read() >= 0) {
            throw new AssertionError("the body is longer than " + length + " bytes, seed " + seed);
        }
    }

    /**
     * Reads {@code length} bytes of {@code body} and compares them with the bytes from {@code offset}.
     *
     * @throws AssertionError at the first byte that differs, and when there are fewer bytes
     */
    public static void verifyNext(InputStream body, long offset, long length, long seed) throws IOException {
        byte[] buffer = new byte[BUFFER];
        byte[] stored = new byte[BUFFER];
        for (long position = 0; position < length; ) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, length - position));
            if (count < 0) {
                throw new AssertionError("the body ended after " + position + " of " + length + " bytes, seed " + seed);
            }
            fill(stored, 0, count, offset + position, seed);
            int different = Arrays.mismatch(buffer, 0, count, stored, 0, count);
            if (different >= 0) {
                throw new AssertionError(
                        "the byte at " + (offset + position + different) + " is not the one stored, seed " + seed);
            }
            position += count;
        }
    }

    private static Content pattern(long size, long seed, OptionalLong announced) {
        return new Content() {
            @Override
            public OptionalLong length() {
                return announced;
            }

            @Override
            public boolean replayable() {
                return true;
            }

            @Override
            public InputStream open() {
                return stream(size, seed);
            }
        };
    }

    /** Writes {@code count} bytes of the pattern, which begin at {@code position} of it. Computes a word only once for its eight bytes. */
    private static void fill(byte[] buffer, int offset, int count, long position, long seed) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            long current = position + i;
            if (i == 0 || (current & 7) == 0) {
                word = word(current >>> 3, seed) >>> ((current & 7) * 8);
            }
            buffer[offset + i] = (byte) word;
            word >>>= 8;
        }
    }

    /** Returns eight bytes of the pattern: the output function of SplitMix64, which has no visible period. */
    private static long word(long index, long seed) {
        long z = (seed + 1) * 0xD1342543DE82EF95L + index * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static final class PatternStream extends InputStream {

        private final long size;
        private final long seed;
        private long position;

        PatternStream(long size, long seed) {
            this.size = size;
            this.seed = seed;
        }

        @Override
        public int read() {
            return position < size ? at(position++, seed) & 0xFF : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (position >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            fill(buffer, offset, count, position, seed);
            position += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, size - position));
            position += skipped;
            return skipped;
        }
    }
}
