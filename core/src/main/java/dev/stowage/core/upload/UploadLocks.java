package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Locks of uploads, each held by one thread at a time. Safe for concurrent use; not reentrant. */
final class UploadLocks {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<UploadId> held = new HashSet<>();

    /** @return whether the caller has the lock, and must release it; false when others hold it for longer than {@code maxWait} */
    boolean acquire(UploadId id, Duration maxWait) {
        lock.lock();
        try {
            long nanos = maxWait.toNanos();
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
