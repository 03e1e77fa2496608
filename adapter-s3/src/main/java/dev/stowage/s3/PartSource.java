package dev.stowage.s3;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ContentStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A body that is read in parts. Reads ahead a little, so that a part is known to exist before a buffer is taken for it. For one
 * thread.
 */
final class PartSource {

    /** The bytes that are read ahead. */
    static final int AHEAD = 64 << 10;

    private final ContentStream content;
    private final byte[] ahead = new byte[AHEAD];
    private int available;
    private int taken;

    PartSource(ContentStream content) {
        this.content = content;
    }

    /** Whether there are bytes left; waits for them. */
    boolean hasMore() {
        if (taken == available) {
            taken = 0;
            available = readAhead();
        }
        return available > 0;
    }

    /** Whether everything left was read ahead: then {@link #hasMore} has reached and verified the end of the body. */
    boolean isNearEnd() {
        return available < ahead.length;
    }

    /** The rest of the body, when all of it was read ahead. */
    RequestPayload remaining() {
        int start = taken;
        int length = available - taken;
        taken = available;
        return RequestPayload.of(
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(ahead, start, length)),
                length,
                true);
    }

    /** Reads bytes, and returns how many: none only at the end. */
    int take(byte[] target) {
        return Math.max(next(target.length).take(target, 0, target.length), 0);
    }

    /** How many bytes were read. */
    long position() {
        return content.position() - (available - taken);
    }

    /** The next {@code size} bytes, or the rest. To be read before the next ones are requested. */
    Piece next(long size) {
        return new Piece(size);
    }

    private int readAhead() {
        try {
            return content.readNBytes(ahead, 0, ahead.length);
        } catch (IOException e) {
            throw new BrokenContent("The body could not be read to its end; nothing was stored", e);
        }
    }

    final class Piece extends BodyStream {

        private long remaining;

        private Piece(long size) {
            remaining = size;
        }

        @Override
        protected int take(byte[] target, int offset, int wanted) {
            if (remaining == 0) {
                return -1;
            }
            int most = (int) Math.min(wanted, remaining);
            int count = taken < available ? fromAhead(target, offset, most) : content.read(target, offset, most);
            remaining -= Math.max(count, 0);
            return count;
        }

        private int fromAhead(byte[] target, int offset, int most) {
            int count = Math.min(most, available - taken);
            System.arraycopy(ahead, taken, target, offset, count);
            taken += count;
            return count;
        }
    }
}
