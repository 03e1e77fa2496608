package dev.stowage.sftp;

import java.util.concurrent.Semaphore;

/** The memory for blocks that are requested before their reader needs them, shared by all readers. Safe for concurrent use. */
final class ReadAhead {

    private static final long MAX_BYTES = 16 << 20;

    /** The part of the heap for it. */
    private static final int SHARE = 16;

    private final Semaphore blocks;

    private ReadAhead(long bytes) {
        blocks = new Semaphore((int) (bytes / Remote.BLOCK));
    }

    static ReadAhead ofHeap() {
        return new ReadAhead(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE));
    }

    /** Takes memory for another block, if there is any left. */
    boolean tryTake() {
        return blocks.tryAcquire();
    }

    void giveBack() {
        blocks.release();
    }
}
