package dev.stowage.core.archive;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.spool.SpoolSpace;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A ZIP file of many files, whose size and bytes are fixed before the first file is read. The files are stored without compression. Holds
 * disk space for the list of files until it is closed. For one thread.
 */
public final class Archive implements AutoCloseable {

    private final Resources resources;
    private final Supplier<Principal> reader;
    private final ArchivePlan plan;

    /** What all archives have in common. */
    record Resources(Files files, ObjectStore store, ArchiveRecords records, SpoolSpace spools, InstantSource clock) {}

    Archive(Resources resources, Supplier<Principal> reader, ArchivePlan plan) {
        this.resources = resources;
        this.reader = reader;
        this.plan = plan;
    }

    /** Receives the bytes of an archive. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes the next bytes.
         *
         * @param bytes valid during the call
         * @param length the number of bytes to read from it
         * @throws IOException when they can't be delivered; thrown by {@link #write} unchanged
         */
        void take(InputStream bytes, long length) throws IOException;
    }

    /** Returns the ETag: two archives with the same one have the same bytes. It depends on the files' ETags, sizes, times and keys. */
    public Etag etag() {
        return plan.etag();
    }

    /** Returns the size in bytes. */
    public long size() {
        return plan.size();
    }

    /** Returns the number of objects that are left out because no request can name them. */
    public long unaddressable() {
        return plan.unaddressable();
    }

    /**
     * Writes a range of the archive. Files before the range are not read, unless their checksums are needed for the end of the archive and
     * not on record. A range can be written again, and by another process. When the call is interrupted or fails, checksums are recorded
     * for the next one.
     *
     * @throws Conflict when a file was replaced or deleted since the archive was opened; the bytes until then have been written
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to read a file any more
     */
    public void write(ByteSpan span, Sink sink) throws IOException {
        ArchiveChecksums checksums =
                new ArchiveChecksums(resources.records(), resources.store(), plan.etag(), resources.clock());
        boolean complete = false;
        try (StreamedChecksums streamed = new StreamedChecksums(resources.spools())) {
            new ArchiveWriter(resources.files(), reader, plan, checksums, streamed, span, sink).write();
            complete = span.length() == size();
        } finally {
            if (!complete) {
                checksums.record();
            }
        }
    }

    /** Releases the disk space. Idempotent. */
    @Override
    public void close() {
        plan.close();
    }
}
