package dev.stowage.jwt;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's keys, as of the last successful read. When keys are requested and the refresh interval has passed, they are read in the
 * background, one read at a time; until it succeeds, the previous keys stay in use.
 *
 * <p>Safe for concurrent use.
 */
final class SigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    /**
     * The timing of reads.
     *
     * @param refresh the interval between reads
     * @param retry the minimum interval before a read after a failure or for an unknown key
     * @param timeout how long a request waits at most for a read that it depends on
     */
    record Timing(Duration refresh, Duration retry, Duration timeout) {}

    private record Known(String document, KeySet keys) {}

    private final KeySource source;
    private final Timing timing;
    private final InstantSource clock;

    private volatile @Nullable Known known;
    private volatile boolean failing;
    private volatile CompletableFuture<?> reading = CompletableFuture.completedFuture(null);
    private Instant started = Instant.MIN;

    SigningKeys(KeySource source, Timing timing, InstantSource clock) {
        this.source = source;
        this.timing = timing;
        this.clock = clock;
    }

    /** Starts a read in the background if one is due. */
    void begin() {
        begin(failing ? timing.retry() : timing.refresh());
    }

    /**
     * Returns the current keys. Before the first successful read the call waits for the running one.
     *
     * @throws StorageUnavailable when there are still no keys
     */
    KeySet current() {
        begin();
        if (known == null) {
            await();
        }
        Known latest = known;
        if (latest == null) {
            throw new StorageUnavailable(
                    "Tokens can't be verified, because the issuer's keys are not available; try again later", null);
        }
        return latest.keys();
    }

    /**
     * Returns the keys after another read, for an unknown key. Only the caller that starts the read waits for it; during it and for a while
     * after, this is the same as {@link #current}. So tokens with made-up key ids neither load the issuer nor delay other requests.
     */
    KeySet renewed() {
        if (begin(timing.retry())) {
            await();
        }
        return current();
    }

    /** Starts a read, unless one is running or was started less than {@code pause} ago. Returns whether it did. */
    private synchronized boolean begin(Duration pause) {
        Instant now = clock.instant();
        // In both directions, so that a clock that was set back does not keep old keys valid.
        boolean due = Duration.between(started, now).abs().compareTo(pause) >= 0;
        if (!due || !reading.isDone()) {
            return false;
        }
        started = now;
        reading = source.read().thenAccept(this::take).whenComplete((done, failure) -> note(failure));
        return true;
    }

    private void take(String document) {
        Known old = known;
        if (old != null && old.document().equals(document)) {
            return;
        }
        KeySet keys = KeySet.parse(document);
        known = new Known(document, keys);
        if (keys.size() == 0) {
            LOG.warn("The key set of {} has no usable keys: all tokens are refused", source);
        } else {
            LOG.info("The key set of {} has {} usable keys", source, keys.size());
        }
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            LOG.warn(
                    "Could not read the key set of {}; the previous one stays in use, if there is one: {}",
                    source,
                    cause.toString());
        } else if (failure == null && failing) {
            LOG.info("The key set of {} is available again", source);
        }
        failing = failure != null;
    }

    private void await() {
        try {
            reading.get(timing.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The failure is logged by the read itself; the current keys stay in use.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
