package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread at a time work on an upload. Safe for concurrent use; not reentrant. */
final class UploadLocks {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<UploadId> held = new HashSet<>();

    /** @return whether the upload is the caller's now, who releases it; not when others keep it for longer than {@code patience} */
    boolean acquire(UploadId id, Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (held.contains(id)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = released.awaitNanos(nanos);
            }
            return held.add(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    void release(UploadId id) {
        lock.lock();
        try {
            held.remove(id);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
