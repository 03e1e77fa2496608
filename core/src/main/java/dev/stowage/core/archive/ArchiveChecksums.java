package dev.stowage.core.archive;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ChecksumBlock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of the checksums of an archive's entries: from the record, where earlier downloads of the same archive have left it, or from
 * the store. Holds one block of them in memory. What can't be recorded is read again by a later download, so failures to record are not
 * failures of this one. For one thread.
 */
final class ArchiveChecksums {

    private static final Duration KEPT = Duration.ofDays(1);
    /** After so many bytes, the checksums of their entries are recorded. */
    private static final long RECORD_EVERY = 256L << 20;
    /** To read a smaller file takes no longer than to ask the store. */
    private static final long SMALL = 1 << 20;

    private final ArchiveRecords records;
    private final ObjectStore store;
    private final Etag archive;
    private final InstantSource clock;
    private ChecksumBlock recorded = ChecksumBlock.unknown();
    private long recordedNumber = -1;
    private ChecksumBlock added = ChecksumBlock.unknown();
    private long addedNumber = -1;
    private long addedBytes;

    ArchiveChecksums(ArchiveRecords records, ObjectStore store, Etag archive, InstantSource clock) {
        this.records = records;
        this.store = store;
        this.archive = archive;
        this.clock = clock;
    }

    /** Returns the checksum of an entry if it can be known without reading the file. */
    OptionalLong find(PlannedEntry entry) {
        long block = entry.number() / ChecksumBlock.SIZE;
        if (block != recordedNumber) {
            recorded = records.checksums(archive, block).orElseGet(ChecksumBlock::unknown);
            recordedNumber = block;
        }
        OptionalLong known = recorded.get(index(entry));
        return known.isPresent() || entry.size() < SMALL ? known : ofStore(entry);
    }

    /** Returns what is recorded of an entry's beginning. */
    ArchiveRecords.EntryProgress progress(PlannedEntry entry) {
        return records.progress(archive, entry.number()).orElse(ArchiveRecords.EntryProgress.NONE);
    }

    /** Adds the checksum of an entry, to be recorded soon. */
    void add(PlannedEntry entry, long crc) {
        long block = entry.number() / ChecksumBlock.SIZE;
        if (block != addedNumber) {
            record();
            addedNumber = block;
        }
        added.set(index(entry), crc);
        addedBytes += entry.size();
        if (addedBytes >= RECORD_EVERY) {
            record();
        }
    }

    /** Records the checksums that were added. */
    void record() {
        if (addedNumber >= 0) {
            try {
                records.remember(archive, addedNumber, added, clock.instant().plus(KEPT));
            } catch (StorageException notNow) {
                // A later download reads these files again.
            }
        }
        added = ChecksumBlock.unknown();
        addedNumber = -1;
        addedBytes = 0;
    }

    /** Records the checksum of an entry's beginning. */
    void record(PlannedEntry entry, ArchiveRecords.EntryProgress progress) {
        try {
            records.remember(archive, entry.number(), progress, clock.instant().plus(KEPT));
        } catch (StorageException notNow) {
            // A later download reads the file from its beginning.
        }
    }

    private OptionalLong ofStore(PlannedEntry entry) {
        Optional<Checksum> checksum = store.inspect(entry.key())
                .filter(record -> record.info().etag().equals(entry.etag()))
                .flatMap(record -> record.checksums().stream()
                        .filter(known -> known.algorithm() == ChecksumAlgorithm.CRC32)
                        .findFirst());
        return checksum.isPresent()
                ? OptionalLong.of(Integer.toUnsignedLong(
                        ByteBuffer.wrap(checksum.get().bytes()).getInt()))
                : OptionalLong.empty();
    }

    private static int index(PlannedEntry entry) {
        return (int) (entry.number() % ChecksumBlock.SIZE);
    }
}
