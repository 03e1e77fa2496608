package dev.stowage.local.blob;

import java.io.IOException;
import java.util.Random;

/**
 * A number that belongs to this store alone while it is open. It is part of the names of its blobs, so that other processes can tell
 * a blob being written from one left by a crash, without a clock or a row for each write.
 */
final class WriterClaim {

    /** Above every {@link ReadLocks} position. */
    private static final long FIRST_POSITION = 1L << 62;

    private static final int ATTEMPTS = 100;

    private final LockFile locks;
    private final int number;

    private WriterClaim(LockFile locks, int number) {
        this.locks = locks;
        this.number = number;
    }

    static WriterClaim take(LockFile locks, Random random) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int number = random.nextInt();
            // Never released: it ends with the lock file, and so with the process.
            if (locks.exclusive(position(number)).isPresent()) {
                return new WriterClaim(locks, number);
            }
        }
        throw new IOException("no free writer number; does this file system support locks?");
    }

    int number() {
        return number;
    }

    /** Whether another process has that number now. */
    boolean isElsewhere(int writer) throws IOException {
        if (writer == number) {
            return false;
        }
        var lock = locks.exclusive(position(writer));
        if (lock.isEmpty()) {
            return true;
        }
        lock.get().release();
        return false;
    }

    private static long position(int writer) {
        return FIRST_POSITION + Integer.toUnsignedLong(writer);
    }
}
