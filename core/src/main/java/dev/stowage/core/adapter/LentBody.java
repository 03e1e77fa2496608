package dev.stowage.core.adapter;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * The body of a store's response, lent to an {@link ObjectReader}. Failures of the store are thrown as exceptions of the core, so that every
 * {@code IOException} of a reader is the reader's own. For one thread.
 */
public final class LentBody extends BodyStream {

    /** Reads of this size take a third of the CPU of reads of 8 KiB. */
    private static final int CHUNK = 64 << 10;

    private final InputStream answer;
    private final Runnable abort;
    private final Function<RuntimeException, StorageException> translation;
    private long remaining;

    /**
     * @param answer closed by this stream if it was read to its end
     * @param length of the body in bytes; a response that ends earlier is {@link StorageUnavailable}
     * @param abort ends the response before its end, without reading the rest
     * @param translation of the exceptions of the store's library
     */
    public LentBody(
            InputStream answer, long length, Runnable abort, Function<RuntimeException, StorageException> translation) {
        this.answer = answer;
        this.remaining = length;
        this.abort = abort;
        this.translation = translation;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) {
        if (remaining == 0) {
            return -1;
        }
        int count = pull(buffer, offset, (int) Math.min(length, remaining));
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

    /** Aborts the response unless everything was read: closing it may read the rest, however long it is. */
    @Override
    public void close() {
        if (remaining > 0) {
            abort.run();
            return;
        }
        try {
            answer.close();
        } catch (IOException | RuntimeException e) {
            abort.run();
        }
    }

    private int pull(byte[] buffer, int offset, int length) {
        int count;
        try {
            count = answer.read(buffer, offset, length);
        } catch (IOException e) {
            throw new StorageUnavailable("The store ended the transfer early. Try again.", e);
        } catch (RuntimeException e) {
            throw translation.apply(e);
        }
        if (count < 0) {
            throw new StorageUnavailable("The store ended the transfer early. Try again.", null);
        }
        return count;
    }
}
