package dev.stowage.core.upload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The part that comes next, as far as it has come: bytes on record, and after them bytes in memory. For one thread.
 */
final class PendingPart {

    private final UploadMemory memory;
    private final long start;
    private final List<byte[]> segments = new ArrayList<>();
    private long recorded;
    private long inMemory;

    /**
     * @param start where the part begins, within the upload
     * @param recorded how many of its bytes are on record
     */
    PendingPart(UploadMemory memory, long start, long recorded) {
        this.memory = memory;
        this.start = start;
        this.recorded = recorded;
    }

    long start() {
        return start;
    }

    /** How many of its bytes are on record. */
    long recorded() {
        return recorded;
    }

    long size() {
        return recorded + inMemory;
    }

    /** Whether some bytes are in memory alone. */
    boolean isHeld() {
        return inMemory > 0;
    }

    /** Takes bytes into memory; how many: fewer than all when there is no more of it. */
    int add(byte[] bytes, int offset, int length) {
        int taken = 0;
        while (taken < length) {
            int used = (int) (inMemory % UploadMemory.SEGMENT);
            if (used == 0 && !grow()) {
                return taken;
            }
            int count = Math.min(length - taken, UploadMemory.SEGMENT - used);
            System.arraycopy(bytes, offset + taken, segments.get(segments.size() - 1), used, count);
            taken += count;
            inMemory += count;
        }
        return taken;
    }

    /** The bytes in memory, in pieces. */
    List<byte[]> chunks() {
        int last = (int) (inMemory % UploadMemory.SEGMENT);
        if (last == 0) {
            return List.copyOf(segments);
        }
        List<byte[]> pieces = new ArrayList<>(segments.subList(0, segments.size() - 1));
        pieces.add(Arrays.copyOf(segments.get(segments.size() - 1), last));
        return pieces;
    }

    /** Some more bytes are on record, and those in memory are needed no longer. */
    void recorded(long bytes) {
        recorded += bytes;
        release();
    }

    /** Gives the memory back. Again: does nothing. */
    void release() {
        memory.giveBack(segments);
        segments.clear();
        inMemory = 0;
    }

    private boolean grow() {
        Optional<byte[]> segment = memory.take();
        segment.ifPresent(segments::add);
        return segment.isPresent();
    }
}
