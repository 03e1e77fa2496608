package dev.stowage.s3;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;

/** The body of a response, lent to a reader. Failures of the store are thrown as exceptions of the core. For one thread. */
final class LentBody extends BodyStream {

    /** Reads of this size take a third of the CPU of reads of 8 KiB. */
    private static final int CHUNK = 64 << 10;

    private final ResponseInputStream<?> answer;
    private final Target target;
    private long remaining;

    LentBody(ResponseInputStream<?> answer, long length, Target target) {
        this.answer = answer;
        this.remaining = length;
        this.target = target;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) {
        if (remaining == 0) {
            return -1;
        }
        int count = pull(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw interrupted(null);
        }
        remaining -= count;
        return count;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        for (int count = readNBytes(chunk, 0, CHUNK); count > 0; count = readNBytes(chunk, 0, CHUNK)) {
            out.write(chunk, 0, count);
            total += count;
        }
        return total;
    }

    /** Closes the connection unless everything was read: closing the stream would read the rest, however long it is. */
    @Override
    public void close() {
        if (remaining > 0) {
            answer.abort();
            return;
        }
        try {
            answer.close();
        } catch (IOException | RuntimeException e) {
            answer.abort();
        }
    }

    private int pull(byte[] buffer, int offset, int length) {
        try {
            return answer.read(buffer, offset, length);
        } catch (IOException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, target);
        }
    }

    private static StorageUnavailable interrupted(@Nullable IOException cause) {
        return new StorageUnavailable("The store ended the transfer early. Try again.", cause);
    }
}
