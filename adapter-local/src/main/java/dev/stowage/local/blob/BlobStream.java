package dev.stowage.local.blob;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.local.fault.Faults;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A range of some segments as one stream. One file is open at a time; the first is opened at once. Failures are thrown as
 * {@link dev.stowage.core.error.StorageException}. For one thread; an interrupt closes only this stream's file.
 */
public final class BlobStream extends BodyStream {

    private static final Logger LOG = LoggerFactory.getLogger(BlobStream.class);
    private static final int MAX_READ = 256 << 10;

    private final BlobFolder folder;
    private final Iterator<Segment> segments;
    private @Nullable FileChannel file;
    private @Nullable Segment current;
    private long inFile;
    private long remaining;

    private BlobStream(BlobFolder folder, Iterator<Segment> segments, long remaining) {
        this.folder = folder;
        this.segments = segments;
        this.remaining = remaining;
    }

    /** @throws NoSuchFileException when the first file of the range does not exist */
    static BlobStream open(BlobFolder folder, List<Segment> segments, ByteSpan span) throws IOException {
        BlobStream stream = new BlobStream(folder, segments.iterator(), span.length());
        long offset = span.offset();
        Segment first = stream.segments.next();
        while (offset >= first.size() && stream.segments.hasNext()) {
            offset -= first.size();
            first = stream.segments.next();
        }
        stream.openFile(first, offset);
        return stream;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) {
        if (remaining == 0) {
            return -1;
        }
        int wanted = Math.min(Math.min(length, MAX_READ), available());
        int count = readFile(ByteBuffer.wrap(buffer, offset, wanted));
        inFile -= count;
        remaining -= count;
        return count;
    }

    /** The remaining bytes of the current file, or of the next one when it has none. */
    @Override
    public int available() {
        while (inFile == 0 && remaining > 0 && segments.hasNext()) {
            try {
                openFile(segments.next(), 0);
            } catch (IOException e) {
                throw fault(e);
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.min(inFile, remaining));
    }

    @Override
    public long skip(long count) {
        long left = Math.max(0, Math.min(count, remaining));
        long skipped = left;
        while (left > 0) {
            long step = Math.min(left, available());
            try {
                FileChannel channel = channel();
                channel.position(channel.position() + step);
            } catch (IOException e) {
                throw fault(e);
            }
            inFile -= step;
            remaining -= step;
            left -= step;
        }
        return skipped;
    }

    /** Reads into one array, which the JDK would grow by 8 KiB at a time. */
    @Override
    public byte[] readNBytes(int length) throws IOException {
        byte[] bytes = new byte[(int) Math.min(length, remaining)];
        int count = readNBytes(bytes, 0, bytes.length);
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(remaining, MAX_READ))];
        long total = 0;
        for (int count = read(buffer); count >= 0; count = read(buffer)) {
            out.write(buffer, 0, count);
            total += count;
        }
        return total;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("Could not close a blob after reading", e);
            }
            file = null;
        }
    }

    private int readFile(ByteBuffer into) {
        try {
            int count = channel().read(into);
            if (count <= 0) {
                throw new EOFException(current + " is " + inFile + " bytes too short");
            }
            return count;
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private void openFile(Segment segment, long offset) throws IOException {
        if (file != null) {
            file.close();
        }
        FileChannel next = folder.open(segment.blob());
        file = next;
        current = segment;
        inFile = segment.size() - offset;
        if (offset > 0) {
            next.position(offset);
        }
    }

    private FileChannel channel() {
        if (file == null) {
            throw new IllegalStateException("the stream is closed");
        }
        return file;
    }

    private RuntimeException fault(IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof EOFException) {
            return new StorageUnavailable("Some bytes of the file are missing in the store", cause);
        }
        return Faults.io(cause, folder.root());
    }
}
