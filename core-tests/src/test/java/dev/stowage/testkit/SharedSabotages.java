package dev.stowage.testkit;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stores whose callers share something that the interruption of one of them breaks for the others. */
final class SharedSabotages {

    private SharedSabotages() {}

    /** Has one connection for all calls, which ends when a call on it is interrupted. The next call opens another one. */
    static final class ClosesSharedConnection extends SabotagedContract {

        private final AtomicInteger connection = new AtomicInteger();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    try {
                        return super.put(key, content, options);
                    } catch (StorageException e) {
                        closeIfInterrupted();
                        throw e;
                    }
                }

                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    int used = connection.get();
                    return super.read(
                            key, options, (info, span, body) -> reader.read(info, span, onConnection(used, body)));
                }
            };
        }

        private void closeIfInterrupted() {
            if (Thread.currentThread().isInterrupted()) {
                connection.incrementAndGet();
            }
        }

        private InputStream onConnection(int used, InputStream body) {
            return new BodyStream() {
                @Override
                protected int take(byte[] buffer, int offset, int length) throws IOException {
                    if (connection.get() != used) {
                        throw new StorageUnavailable("The connection was closed", null);
                    }
                    return body.read(buffer, offset, length);
                }
            };
        }
    }

    /** Commits the puts of several callers together, and none of them when one was interrupted. */
    static final class FailsWholeGroups extends SabotagedContract {

        private static final long GATHERING_MILLIS = 2;

        private Group gathering = new Group();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    group().await();
                    return super.put(key, content, options);
                }
            };
        }

        private synchronized Group group() {
            if (gathering.ended.getCount() == 0) {
                gathering = new Group();
            }
            return gathering;
        }

        private static final class Group {

            private final CountDownLatch ended = new CountDownLatch(1);
            private volatile boolean failed;

            void await() {
                try {
                    if (!ended.await(GATHERING_MILLIS, TimeUnit.MILLISECONDS)) {
                        ended.countDown();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    failed = true;
                    ended.countDown();
                }
                if (failed) {
                    throw new StorageUnavailable("The group was not committed", null);
                }
            }
        }
    }

    /** Has a lock for all puts, and keeps it when a put fails because it was interrupted. Others wait for it for half a second. */
    static final class KeepsItsLock extends SabotagedContract {

        private static final Duration MAX_WAIT = Duration.ofMillis(500);

        private final AtomicBoolean locked = new AtomicBoolean();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    lock();
                    if (Thread.currentThread().isInterrupted()) {
                        throw new StorageUnavailable("The call was interrupted", null);
                    }
                    PutResult stored = super.put(key, content, options);
                    locked.set(false);
                    return stored;
                }
            };
        }

        private void lock() {
            long start = System.nanoTime();
            while (!locked.compareAndSet(false, true)) {
                if (System.nanoTime() - start > MAX_WAIT.toNanos()) {
                    throw new StorageUnavailable("Too many calls at once", null);
                }
                LockSupport.parkNanos(1000);
            }
        }
    }
}
