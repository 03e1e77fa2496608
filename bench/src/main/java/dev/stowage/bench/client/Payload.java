package dev.stowage.bench.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Random;

/** Bytes to send: one random block, repeated. Safe for concurrent use. */
public final class Payload {

    private static final int SIZE = 256 << 10;

    private final ByteBuffer bytes;
    private final byte[] array = new byte[SIZE];

    public Payload() {
        new Random(1).nextBytes(array);
        bytes = ByteBuffer.allocateDirect(SIZE).put(array).flip().asReadOnlyBuffer();
    }

    /** Sends a number of bytes. */
    void send(WritableByteChannel channel, long size) throws IOException {
        for (long left = size; left > 0; ) {
            ByteBuffer some = bytes.duplicate();
            some.limit((int) Math.min(SIZE, left));
            while (some.hasRemaining()) {
                left -= channel.write(some);
            }
        }
    }

    /** A number of bytes as a stream. */
    InputStream stream(long size) {
        return new InputStream() {

            private long left = size;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                int count = (int) Math.min(Math.min(length, SIZE), left);
                System.arraycopy(array, 0, target, offset, count);
                left -= count;
                return count;
            }
        };
    }

    /** The first bytes, as an array. */
    public byte[] first(int size) {
        return Arrays.copyOf(array, size);
    }
}
