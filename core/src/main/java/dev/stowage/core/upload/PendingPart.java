package dev.stowage.core.upload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The next part of an upload, as far as it was received: recorded bytes, followed by bytes in memory. For one thread. */
final class PendingPart {

    private final UploadMemory memory;
    private final long start;
    private final List<byte[]> segments = new ArrayList<>();
    private long recorded;
    private long inMemory;

    /**
     * @param start the offset of the part within the upload
     * @param recorded the number of its recorded bytes
     */
    PendingPart(UploadMemory memory, long start, long recorded) {
        this.memory = memory;
        this.start = start;
        this.recorded = recorded;
    }

    long start() {
        return start;
    }

    /** Returns the number of recorded bytes. */
    long recorded() {
        return recorded;
    }

    long size() {
        return recorded + inMemory;
    }

    /** Whether some bytes are only in memory. */
    boolean isHeld() {
        return inMemory > 0;
    }

    /** Copies bytes to memory and returns how many: fewer than all when no memory is left. */
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

    /** Returns the bytes in memory, in chunks. */
    List<byte[]> chunks() {
        int last = (int) (inMemory % UploadMemory.SEGMENT);
        if (last == 0) {
            return List.copyOf(segments);
        }
        List<byte[]> chunks = new ArrayList<>(segments.subList(0, segments.size() - 1));
        chunks.add(Arrays.copyOf(segments.get(segments.size() - 1), last));
        return chunks;
    }

    /** Adds to the number of recorded bytes and releases those in memory. */
    void recorded(long bytes) {
        recorded += bytes;
        release();
    }

    /** Releases the memory. Idempotent. */
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
