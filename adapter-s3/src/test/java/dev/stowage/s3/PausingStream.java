package dev.stowage.s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A body that pauses half way. */
final class PausingStream extends InputStream {

    private final byte[] bytes;
    private final Duration pause;
    private int position;

    PausingStream(byte[] bytes, Duration pause) {
        this.bytes = bytes;
        this.pause = pause;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (position == bytes.length) {
            return -1;
        }
        if (position == bytes.length / 2) {
            pause();
        }
        int end = position < bytes.length / 2 ? bytes.length / 2 : bytes.length;
        int count = Math.min(length, end - position);
        System.arraycopy(bytes, position, buffer, offset, count);
        position += count;
        return count;
    }

    /** Waits on a latch that is never released: the time itself is tested. */
    private void pause() {
        try {
            boolean counted = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (counted) {
                throw new IllegalStateException("the latch is never released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
