package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.ResumableId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The requests in this process that go on with uploads, one for each upload: a newer one cuts the older one off, which then keeps what
 * it has received and ends. What an older one still does after {@link #PATIENCE}, or in another process, is of no consequence, as its
 * turn is over then. Safe for concurrent use.
 */
final class UploadLocker {

    /** How long a request waits for the one before, which may be storing a part. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConcurrentMap<ResumableId, Attempt> current = new ConcurrentHashMap<>();

    /** For everything in this process that goes on with uploads, together. */
    UploadLocker() {}

    /**
     * Takes an upload over, and waits a while for the end of what was under way; to be closed.
     *
     * @param cut makes the request's body end with a failure, from any thread; also while it is being read
     * @param events hears when there was something under way
     * @throws Conflict when a newer request took it over meanwhile
     */
    Attempt begin(ResumableId id, Runnable cut, UploadEvents events) {
        Attempt mine = new Attempt(id, cut);
        Optional<Attempt> before = Optional.ofNullable(current.put(id, mine));
        boolean first = false;
        try {
            if (before.isPresent()) {
                events.takenOver();
                before.get().cutOff();
                boolean unused = before.get().ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            mine.check();
            first = true;
            return mine;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        } finally {
            if (!first) {
                mine.close();
            }
        }
    }

    /** One request. */
    final class Attempt implements AutoCloseable {

        private final ResumableId id;
        private final Runnable cut;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean over;

        private Attempt(ResumableId id, Runnable cut) {
            this.id = id;
            this.cut = cut;
        }

        /** @throws Conflict when a newer request took the upload over */
        void check() {
            if (over) {
                throw takenOver();
            }
        }

        private void cutOff() {
            over = true;
            cut.run();
        }

        @Override
        public void close() {
            current.remove(id, this);
            ended.countDown();
        }
    }

    static Conflict takenOver() {
        return new Conflict("Another request took over this upload; fetch the offset with HEAD");
    }
}
