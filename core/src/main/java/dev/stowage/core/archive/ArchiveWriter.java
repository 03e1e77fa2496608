package dev.stowage.core.archive;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.records.ArchiveRecords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.zip.CheckedInputStream;

/** Writes a range of an archive, once. For one thread. */
final class ArchiveWriter {

    private static final int BUFFER = 64 << 10;

    private final Files files;
    private final Supplier<Principal> reader;
    private final ArchivePlan plan;
    private final ArchiveChecksums checksums;
    private final StreamedChecksums streamed;
    private final ByteSpan span;
    private final Archive.Sink sink;

    /**
     * @param reader returns the principal with its rights at that moment
     * @param streamed keeps the checksums of the entries in the range
     */
    ArchiveWriter(
            Files files,
            Supplier<Principal> reader,
            ArchivePlan plan,
            ArchiveChecksums checksums,
            StreamedChecksums streamed,
            ByteSpan span,
            Archive.Sink sink) {
        this.files = files;
        this.reader = reader;
        this.plan = plan;
        this.checksums = checksums;
        this.streamed = streamed;
        this.span = span;
        this.sink = sink;
    }

    void write() throws IOException {
        writeEntries();
        if (isInRange(plan.end().start(), plan.size())) {
            writeDirectory();
        }
    }

    private void writeEntries() throws IOException {
        PlannedEntries entries = plan.entries();
        while (entries.hasNext()) {
            PlannedEntry entry = entries.next();
            if (entry.offset() > span.last()) {
                return;
            }
            if (entry.end() > span.offset()) {
                write(entry);
            }
        }
    }

    private void write(PlannedEntry entry) throws IOException {
        emit(entry.record().localHeader(), entry.offset());
        OptionalLong crc = isInRange(entry.dataStart(), entry.dataEnd()) ? writeData(entry) : OptionalLong.empty();
        if (isInRange(entry.dataEnd(), entry.end())) {
            long whole = crc.isPresent() ? crc.getAsLong() : checksum(entry);
            streamed.add(entry, whole);
            checksums.add(entry, whole);
            emit(entry.record(whole).descriptor(), entry.dataEnd());
        }
    }

    /** Returns the checksum of the file; empty when the range ends before the file does. */
    private OptionalLong writeData(PlannedEntry entry) throws IOException {
        long from = Math.max(span.offset() - entry.dataStart(), 0);
        long to = Math.min(span.last() + 1, entry.dataEnd()) - entry.dataStart();
        long first = StoredBlocks.bytesBefore(from, entry.size());
        long last = StoredBlocks.bytesBefore(to, entry.size());
        ArchiveRecords.EntryProgress beginning =
                first == 0 ? ArchiveRecords.EntryProgress.NONE : checksums.progress(entry);
        EntryHash hash = new EntryHash(beginning, first, progress -> checksums.record(entry, progress));
        boolean whole = false;
        try {
            read(entry, first, last, body -> {
                sink.take(new StoredBlocks(body, entry.size(), from, to, hash), to - from);
                return to;
            });
            whole = last == entry.size();
        } finally {
            if (!whole) {
                hash.report();
            }
        }
        return whole ? OptionalLong.of(checksum(entry, hash)) : OptionalLong.empty();
    }

    /** Returns the checksum of a file of which the bytes in {@code hash} have been read. */
    private long checksum(PlannedEntry entry, EntryHash hash) throws IOException {
        if (hash.isWhole()) {
            return hash.getValue();
        }
        OptionalLong known = checksums.find(entry);
        return known.isPresent() ? known.getAsLong() : hash.after(checksumUpTo(entry, hash.start()));
    }

    /** Returns the checksum of a file that was not read. */
    private long checksum(PlannedEntry entry) throws IOException {
        OptionalLong known = checksums.find(entry);
        return known.isPresent() ? known.getAsLong() : checksumUpTo(entry, entry.size());
    }

    /** Reads what is not recorded of a file's beginning. */
    private long checksumUpTo(PlannedEntry entry, long end) throws IOException {
        ArchiveRecords.EntryProgress recorded = checksums.progress(entry);
        ArchiveRecords.EntryProgress beginning =
                recorded.position() <= end ? recorded : ArchiveRecords.EntryProgress.NONE;
        EntryHash hash = new EntryHash(beginning, beginning.position(), progress -> checksums.record(entry, progress));
        return read(entry, beginning.position(), end, body -> {
            InputStream hashed = new CheckedInputStream(body, hash);
            byte[] buffer = new byte[BUFFER];
            while (hashed.readNBytes(buffer, 0, BUFFER) > 0) {
                // The hash counts.
            }
            return hash.getValue();
        });
    }

    private void writeDirectory() throws IOException {
        StreamedChecksums.Reader inRange = streamed.read();
        PlannedEntries entries = plan.entries();
        long position = plan.end().start();
        while (entries.hasNext()) {
            PlannedEntry entry = entries.next();
            OptionalLong crc = inRange.next(entry);
            long end = position + entry.record().centralRecordSize();
            if (isInRange(position, end)) {
                emit(
                        entry.record(crc.isPresent() ? crc.getAsLong() : skipped(entry))
                                .centralRecord(),
                        position);
            }
            position = end;
        }
        emit(plan.end().bytes(), position);
    }

    private long skipped(PlannedEntry entry) throws IOException {
        OptionalLong known = checksums.find(entry);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long crc = checksumUpTo(entry, entry.size());
        checksums.add(entry, crc);
        return crc;
    }

    private boolean isInRange(long from, long to) {
        return from <= span.last() && to > span.offset();
    }

    private void emit(byte[] bytes, long position) throws IOException {
        if (isInRange(position, position + bytes.length)) {
            int from = (int) Math.max(span.offset() - position, 0);
            int to = (int) Math.min(span.last() + 1 - position, bytes.length);
            sink.take(new ByteArrayInputStream(bytes, from, to - from), to - from);
        }
    }

    @FunctionalInterface
    private interface Body<T> {
        T read(InputStream bytes) throws IOException;
    }

    /** Lends the bytes of exactly the version in the plan. */
    private <T> T read(PlannedEntry entry, long first, long end, Body<T> body) throws IOException {
        if (first == end) {
            return body.read(InputStream.nullInputStream());
        }
        ReadOptions range = first == 0 && end == entry.size()
                ? ReadOptions.ALL
                : ReadOptions.of(new ByteRange.Slice(first, end - 1));
        ObjectReader<T> lent = (info, lentSpan, bytes) -> body.read(bytes);
        try {
            return files.read(reader.get(), entry.key(), range.ifMatch(entry.etag()), lent);
        } catch (PreconditionFailed | NotFound e) {
            throw new Conflict(
                    "The file at " + entry.key()
                            + " was replaced or deleted since the archive was requested; request the archive again",
                    Map.of("key", entry.key().value()));
        }
    }
}
