package dev.stowage.core.adapter;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A body that is read in parts, for stores that take a body of unknown length only so. Reads ahead a little, so that a part is known to
 * exist before memory is taken for it. For one thread.
 */
public final class PartSource {

    /** The bytes that are read ahead. */
    static final int AHEAD = 64 << 10;

    private final ContentStream content;
    private final byte[] ahead = new byte[AHEAD];
    private int available;
    private int taken;

    /** @param content closed by the caller */
    public PartSource(ContentStream content) {
        this.content = content;
    }

    /**
     * Returns whether there are bytes left, and waits for them.
     *
     * @throws dev.stowage.core.error.StorageException when the body can't be read, or is not as announced
     */
    public boolean hasMore() {
        if (taken == available) {
            taken = 0;
            available = readAhead();
        }
        return available > 0;
    }

    /** Whether everything left was read ahead: then {@link #hasMore} has reached and verified the end of the body. */
    public boolean isNearEnd() {
        return available < ahead.length;
    }

    /** Takes the rest of the body, when {@link #isNearEnd()}. It stays valid as long as nothing else is read from this source. */
    public Content remaining() {
        int start = taken;
        int length = available - taken;
        taken = available;
        return new Content() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(length);
            }

            @Override
            public boolean replayable() {
                return true;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(ahead, start, length);
            }
        };
    }

    /** Reads bytes, and returns how many: none only at the end. */
    public int take(byte[] target) {
        return Math.max(new Part(target.length).take(target, 0, target.length), 0);
    }

    /** Returns how many bytes were read. */
    public long position() {
        return content.position() - (available - taken);
    }

    /** Returns a stream of the next {@code size} bytes, or of the rest. To be read before the next part is requested. */
    public InputStream next(long size) {
        return new Part(size);
    }

    private int readAhead() {
        try {
            return content.readNBytes(ahead, 0, ahead.length);
        } catch (IOException e) {
            throw new BrokenContent("The body could not be read to its end; nothing was stored", e);
        }
    }

    private final class Part extends BodyStream {

        private long remaining;

        Part(long size) {
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
