package dev.stowage.http.ops;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether the store and the database answer. However often it is asked, they are checked by one thread, at most once in
 * {@link #MAX_AGE}. Safe for concurrent use.
 */
public final class Readiness implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final String NO_ANSWER = "The store does not answer";

    private final Storage storage;
    private final UploadSessions sessions;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "readiness");
        daemon.setDaemon(true);
        return daemon;
    });

    private @Nullable Check last;
    /** What the thread logged last. */
    private Optional<String> noted = Optional.empty();

    public Readiness(Storage storage, UploadSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Why the store can't be used, in words for anyone; empty when it can. Takes up to 5 seconds.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    Optional<String> problem() throws InterruptedException {
        try {
            return current().result().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(NO_ANSWER + " within " + MAX_WAIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return Optional.of(NO_ANSWER);
        }
    }

    private synchronized Check current() {
        Instant now = clock.instant();
        if (last == null
                || (last.result().isDone() && last.started().plus(MAX_AGE).isBefore(now))) {
            last = new Check(now, CompletableFuture.supplyAsync(this::check, thread));
        }
        return last;
    }

    private Optional<String> check() {
        try {
            storage.check();
            sessions.check();
            return note(Optional.empty(), null);
        } catch (StorageException e) {
            return note(Optional.of(String.valueOf(e.getMessage())), e);
        } catch (RuntimeException e) {
            return note(Optional.of(NO_ANSWER), e);
        }
    }

    /** Logs what is new: probes come every few seconds, and an outage may last. */
    private Optional<String> note(Optional<String> problem, @Nullable RuntimeException cause) {
        if (!problem.equals(noted)) {
            noted = problem;
            LOG.atLevel(cause == null ? Level.INFO : Level.WARN)
                    .setCause(cause)
                    .log(cause == null ? "the store answers again" : "the store is not ready");
        }
        return problem;
    }

    /** Gives up a check that runs. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Check(Instant started, CompletableFuture<Optional<String>> result) {}
}
