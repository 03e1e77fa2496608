package dev.stowage.core.archive;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectSummary;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The entries of a plan, read from disk one after the other. For one thread. */
final class PlannedEntries implements Iterator<PlannedEntry> {

    private static final int BUFFER = 64 << 10;

    private final DataInputStream records;
    private final ArchiveEntryNames names;
    private final long count;
    private long number;
    private long offset;

    PlannedEntries(InputStream records, KeyPrefix strip, long count) {
        this.records = new DataInputStream(new BufferedInputStream(records, BUFFER));
        this.names = new ArchiveEntryNames(strip);
        this.count = count;
    }

    /** Returns what is stored of a file. */
    static byte[] encode(ObjectSummary file) {
        byte[] key = file.key().value().getBytes(StandardCharsets.UTF_8);
        byte[] etag = file.etag().value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Short.BYTES + key.length + etag.length + 2 * Long.BYTES)
                .putShort((short) key.length)
                .put(key)
                .putShort((short) etag.length)
                .put(etag)
                .putLong(file.size())
                .putLong(file.lastModified().getEpochSecond())
                .array();
    }

    @Override
    public boolean hasNext() {
        return number < count;
    }

    @Override
    public PlannedEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            ObjectKey key = new ObjectKey(text());
            Etag etag = new Etag(text());
            long size = records.readLong();
            Instant modified = Instant.ofEpochSecond(records.readLong());
            PlannedEntry entry = PlannedEntry.of(number, names.of(key, size), key, size, etag, modified, offset);
            number++;
            offset = entry.end();
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException("the plan of the archive can't be read", e);
        }
    }

    private String text() throws IOException {
        return new String(records.readNBytes(records.readUnsignedShort()), StandardCharsets.UTF_8);
    }
}
