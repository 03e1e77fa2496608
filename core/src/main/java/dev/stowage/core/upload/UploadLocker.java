package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.port.service.Signals.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The running requests to resumable uploads in this process, one for each upload. A newer request interrupts the older one, which keeps
 * what it has received and ends. An older request that is still running after {@link #MAX_WAIT}, or in another process, can change nothing
 * any more, as its fencing token is outdated; a signal makes the other process look, and cut it off. Safe for concurrent use.
 */
final class UploadLocker {

    /** How long a request waits for the previous one, which may be storing a part. */
    static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final ConcurrentMap<ResumableId, Attempt> current = new ConcurrentHashMap<>();

    private final Signals signals;
    private final ResumableSessions uploads;

    /** Creates the locker of a process; all its requests must share it. */
    UploadLocker(Signals signals, ResumableSessions uploads) {
        this.signals = signals;
        this.uploads = uploads;
        signals.listen(Topic.UPLOADS, id -> cutOutdated(id.isEmpty() ? current.values() : running(id)));
    }

    /**
     * Takes over an upload and waits for the end of the previous request. The caller closes the attempt.
     *
     * @param cut makes reading the request's body fail; may be called from any thread while the body is being read
     * @param events is notified when another request was running
     * @throws Conflict when a newer request has taken over meanwhile
     */
    Attempt begin(ResumableId id, Runnable cut, UploadEvents events) {
        Attempt mine = new Attempt(id, cut);
        Optional<Attempt> before = Optional.ofNullable(current.put(id, mine));
        mine.waited = before.isPresent();
        boolean first = false;
        try {
            if (before.isPresent()) {
                events.takenOver();
                before.get().cutOff();
                boolean unused = before.get().ended.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Makes other processes cut off their requests to an upload, after a token was issued or the upload was terminated. */
    void announce(ResumableId id) {
        signals.send(Topic.UPLOADS, id.value());
    }

    private List<Attempt> running(String id) {
        return current.values().stream()
                .filter(attempt -> attempt.id.value().equals(id))
                .toList();
    }

    private void cutOutdated(Collection<Attempt> some) {
        Set<FencingToken> held =
                some.stream().flatMap(attempt -> attempt.held().stream()).collect(Collectors.toSet());
        if (held.isEmpty()) {
            return;
        }
        try {
            Set<FencingToken> valid = uploads.current(held);
            some.forEach(attempt -> attempt.held()
                    .filter(token -> held.contains(token) && !valid.contains(token))
                    .ifPresent(outdated -> attempt.cutOff()));
        } catch (StorageException later) {
            // Looked for again at the next interval; the request can't change anything until then.
            return;
        }
    }

    /** One request. */
    final class Attempt implements AutoCloseable {

        private final ResumableId id;
        private final Runnable cut;
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean waited;
        private volatile boolean over;
        private volatile @Nullable FencingToken token;

        private Attempt(ResumableId id, Runnable cut) {
            this.id = id;
            this.cut = cut;
        }

        /** @throws Conflict when a newer request has taken over the upload */
        void check() {
            if (over) {
                throw takenOver();
            }
        }

        /** Whether another request was running when this one began. */
        boolean hasWaited() {
            return waited;
        }

        /** From now on, the request is cut off when this token is outdated. */
        void holds(FencingToken held) {
            token = held;
        }

        /** The request's body has ended, and its result decides; its token ends with the upload. */
        void received() {
            token = null;
        }

        private Optional<FencingToken> held() {
            return Optional.ofNullable(token);
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
