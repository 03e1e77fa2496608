package dev.stowage.core.archive;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.object.Etag;
import dev.stowage.core.spool.Spool;

/**
 * The entries of an archive and their places, on disk. For one thread.
 *
 * @param etag of the archive: of the names, sizes, ETags and times of all files
 * @param end the end of the archive
 * @param unaddressable the number of objects that are left out because no request can name them
 */
record ArchivePlan(Spool spool, KeyPrefix strip, Etag etag, ZipDirectoryEnd end, long unaddressable)
        implements AutoCloseable {

    /** Returns the size of the archive in bytes. */
    long size() {
        return end.start() + end.length() + end.size();
    }

    /** Returns the entries, beginning with the first. */
    PlannedEntries entries() {
        return new PlannedEntries(spool.open(), strip, end.entries());
    }

    /** Releases the space on disk. Idempotent. */
    @Override
    public void close() {
        spool.close();
    }
}
