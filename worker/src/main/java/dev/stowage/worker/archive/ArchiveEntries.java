package dev.stowage.worker.archive;

import dev.stowage.core.object.BodyStream;
import dev.stowage.core.port.service.ArchiveFormats.Entries;
import dev.stowage.core.port.service.ArchiveFormats.Entry;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** The entries that the library reads. For one thread. */
final class ArchiveEntries implements Entries {

    private static final String CURRENT_FOLDER = "./";
    private static final String LINK = "is a link; only files are extracted";
    private static final int SKIPPED_AT_ONCE = 64 << 10;

    private final ArchiveInputStream<?> archive;
    private final ArchiveInput input;
    private final HeaderLimit headers;
    private final ExtractMeter meter;
    private final byte[] skipped = new byte[SKIPPED_AT_ONCE];
    private boolean readable;

    ArchiveEntries(ArchiveInputStream<?> archive, ArchiveInput input, HeaderLimit headers, ExtractMeter meter) {
        this.archive = archive;
        this.input = input;
        this.headers = headers;
        this.meter = meter;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        try {
            Optional<ArchiveEntry> entry = advance();
            while (entry.filter(ArchiveEntry::isDirectory).isPresent()) {
                entry = advance();
            }
            return entry.map(this::entry);
        } catch (IOException | IllegalArgumentException e) {
            throw input.reason(e);
        }
    }

    /** Reads the rest of the previous entry first, so that its bytes do not count as those of a header. */
    private Optional<ArchiveEntry> advance() throws IOException {
        while (readable && read(skipped, 0, skipped.length) >= 0) {
            // The bytes are not needed.
        }
        headers.begin();
        Optional<ArchiveEntry> next = Optional.ofNullable(archive.getNextEntry());
        headers.end();
        if (next.isPresent()) {
            meter.entry();
        }
        readable = next.filter(archive::canReadEntryData).isPresent();
        return next;
    }

    private int read(byte[] buffer, int offset, int length) throws IOException {
        int count = archive.read(buffer, offset, length);
        meter.bytes(Math.max(count, 0));
        return count;
    }

    private Entry entry(ArchiveEntry entry) {
        String name = entry.getName();
        return new Entry(
                name.startsWith(CURRENT_FOLDER) ? name.substring(CURRENT_FOLDER.length()) : name,
                unreadable(entry),
                new Body());
    }

    private Optional<String> unreadable(ArchiveEntry entry) {
        if (entry instanceof TarArchiveEntry tar && (tar.isSymbolicLink() || tar.isLink())) {
            return Optional.of(LINK);
        }
        if (entry instanceof TarArchiveEntry tar && (tar.isCharacterDevice() || tar.isBlockDevice() || tar.isFIFO())) {
            return Optional.of("is no regular file");
        }
        if (entry instanceof ZipArchiveEntry zip && zip.isUnixSymlink()) {
            return Optional.of(LINK);
        }
        if (entry instanceof ZipArchiveEntry zip && zip.getGeneralPurposeBit().usesEncryption()) {
            return Optional.of("is encrypted");
        }
        return readable ? Optional.empty() : Optional.of("is compressed or stored in a way that is not supported");
    }

    @Override
    public void close() {
        // The library holds nothing but memory, and the bytes belong to the caller.
    }

    /** The bytes of the current entry. */
    private final class Body extends BodyStream {

        @Override
        protected int take(byte[] buffer, int offset, int length) throws IOException {
            try {
                return ArchiveEntries.this.read(buffer, offset, length);
            } catch (IOException | IllegalArgumentException e) {
                throw input.reason(e);
            }
        }
    }
}
