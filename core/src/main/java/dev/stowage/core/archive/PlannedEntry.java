package dev.stowage.core.archive;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An entry of an archive, whose place is known before its file is read.
 *
 * @param number of the entry; the first is 0
 * @param size of the file in bytes
 * @param record without the checksum
 */
record PlannedEntry(long number, ObjectKey key, long size, Etag etag, ZipEntryRecord record) {

    private static final long MAX_32 = 0xFFFF_FFFFL;

    /** @param offset where the entry begins */
    static PlannedEntry of(
            long number, String name, ObjectKey key, long size, Etag etag, Instant modified, long offset) {
        long length = StoredBlocks.length(size);
        ZipEntryRecord record = new ZipEntryRecord(
                name.getBytes(StandardCharsets.UTF_8), modified, length >= MAX_32, offset, 0, length, size);
        return new PlannedEntry(number, key, size, etag, record);
    }

    long offset() {
        return record.offset();
    }

    /** Returns the position of the first byte of the entry's data. */
    long dataStart() {
        return record.offset() + record.localHeaderSize();
    }

    /** Returns the position after the last byte of the entry's data. */
    long dataEnd() {
        return dataStart() + record.deflated();
    }

    /** Returns the position after the entry. */
    long end() {
        return dataEnd() + record.descriptorSize();
    }

    /** Returns the record with the file's checksum. */
    ZipEntryRecord record(long crc) {
        return record.ended(crc, record.deflated(), record.size());
    }
}
