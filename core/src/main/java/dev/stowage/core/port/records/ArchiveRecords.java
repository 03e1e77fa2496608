package dev.stowage.core.port.records;

import dev.stowage.core.object.Etag;
import java.time.Instant;
import java.util.Optional;

/**
 * The durable record of archives that are downloaded: those that can be fetched with a token, and checksums of entries, so that a broken
 * download continues without reading again what the client already has. Safe for concurrent use, also by several processes. Every method
 * may throw {@link dev.stowage.core.error.StorageUnavailable}; every wait is bounded.
 */
public interface ArchiveRecords {

    /** The maximum number of archives of one owner that have not expired. */
    int MAX_SHARED = 1000;

    /**
     * Adds an archive.
     *
     * @throws dev.stowage.core.error.TooManyOpen when the owner has {@link #MAX_SHARED} that have not expired
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    void share(SharedArchive archive, Instant now);

    /** Returns an archive; empty when there is none with that digest, or it has expired. */
    Optional<SharedArchive> find(String digest, Instant now);

    /**
     * Adds checksums of entries to those that are recorded.
     *
     * @param block the number of the block; the first is 0
     * @param until when the whole block may be forgotten, unless more is added
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    void remember(Etag archive, long block, ChecksumBlock checksums, Instant until);

    /** Returns what is recorded of a block of entries; empty when nothing is. */
    Optional<ChecksumBlock> checksums(Etag archive, long block);

    /**
     * Records how far an entry was read. Replaces an earlier record of the entry.
     *
     * @param entry the number of the entry; the first is 0
     * @param until when it may be forgotten
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    void remember(Etag archive, long entry, EntryProgress progress, Instant until);

    /** Returns how far an entry was read; empty when that is not recorded. */
    Optional<EntryProgress> progress(Etag archive, long entry);

    /** Forgets what has expired, a limited number of rows. Returns whether there may be more. */
    boolean prune(Instant now);

    /**
     * An archive that the holder of a token can download for some time.
     *
     * @param digest of the token; the token itself is not stored
     * @param owner the id of the principal who requested the archive; empty if the service requires no authentication
     * @param name of the file that a browser saves
     * @param etag of the archive as it was requested
     */
    record SharedArchive(
            String digest,
            Optional<String> owner,
            ArchiveSelection selection,
            String name,
            Etag etag,
            Instant expiresAt) {}

    /**
     * The checksum of the beginning of an archive's entry.
     *
     * @param position the number of bytes of the file, from the first
     * @param crc their CRC-32
     */
    record EntryProgress(long position, long crc) {

        /** Nothing of the entry. */
        public static final EntryProgress NONE = new EntryProgress(0, 0);
    }
}
