package dev.stowage.core.archive;

import dev.stowage.core.port.records.ArchiveRecords;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * The checksum of an entry whose bytes pass from some position on. With a checksum of its beginning, that of the whole entry follows,
 * wherever both meet.
 */
final class EntryHash implements Checksum {

    /** The number of bytes after which progress is reported. */
    private static final long REPORT_EVERY = 256L << 20;

    private final ArchiveRecords.EntryProgress beginning;
    private final long start;
    private final Consumer<ArchiveRecords.EntryProgress> progress;
    private final CRC32 crc = new CRC32();
    private long position;
    private long reported;

    /**
     * @param beginning what is known of the entry's beginning
     * @param position of the first byte that passes
     * @param progress receives the checksum of the beginning from time to time
     */
    EntryHash(ArchiveRecords.EntryProgress beginning, long position, Consumer<ArchiveRecords.EntryProgress> progress) {
        this.beginning = beginning;
        this.start = Math.max(beginning.position(), position);
        this.position = position;
        this.reported = position;
        this.progress = progress;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int known = (int) Math.min(Math.max(start - position, 0), length);
        crc.update(bytes, offset + known, length - known);
        position += length;
        if (position - reported >= REPORT_EVERY) {
            report();
        }
    }

    @Override
    public void update(int b) {
        update(new byte[] {(byte) b}, 0, 1);
    }

    /** Whether all bytes before the present position are in the checksum. */
    boolean isWhole() {
        return start == beginning.position();
    }

    /** Returns where the bytes begin that have passed and are in the checksum. */
    long start() {
        return start;
    }

    /** Reports the progress, if it is more than was known before. */
    void report() {
        reported = position;
        if (isWhole() && position > start) {
            progress.accept(new ArchiveRecords.EntryProgress(position, getValue()));
        }
    }

    /** Returns the checksum of all bytes before the present position. Only if {@link #isWhole}. */
    @Override
    public long getValue() {
        return after(beginning.crc());
    }

    /**
     * Returns the checksum of all bytes before the present position.
     *
     * @param before the checksum of the bytes before {@link #start}
     */
    long after(long before) {
        return Crc32Sum.of(before, crc.getValue(), Math.max(position - start, 0));
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException();
    }
}
