package dev.stowage.core.port;

/**
 * The checksum of the beginning of an archive's entry.
 *
 * @param position the number of bytes of the file, from the first
 * @param crc their CRC-32
 */
public record EntryProgress(long position, long crc) {

    /** Nothing of the entry. */
    public static final EntryProgress NONE = new EntryProgress(0, 0);
}
