package dev.stowage.core.archive;

import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The checksums of the entries that one download has written, on disk, for the central directory at the end. For one thread. */
final class StreamedChecksums implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final Spool spool;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long first = -1;
    private long count;

    StreamedChecksums(SpoolSpace spools) {
        this.spool = spools.create();
    }

    /** Adds the checksum of the next entry. */
    void add(PlannedEntry entry, long crc) {
        if (first < 0) {
            first = entry.number();
        }
        count++;
        buffer.putInt((int) crc);
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    /** Returns the checksums that were added. */
    Reader read() {
        flush();
        return new Reader(new DataInputStream(new BufferedInputStream(spool.open(), BUFFER)));
    }

    private void flush() {
        spool.append(buffer.flip());
        buffer.clear();
    }

    @Override
    public void close() {
        spool.close();
    }

    /** Reads them in the order of the entries. */
    final class Reader {

        private final DataInputStream in;

        private Reader(DataInputStream in) {
            this.in = in;
        }

        /** Returns the checksum of an entry, if it was added. To be called for each entry in order. */
        OptionalLong next(PlannedEntry entry) throws IOException {
            return first < 0 || entry.number() < first || entry.number() >= first + count
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(in.readInt()));
        }
    }
}
