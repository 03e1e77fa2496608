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
 * The issuer's keys as they are now, or were when they could last be read. They are read when somebody asks for them and it is time to, in
 * the background and never twice at once, and are at hand meanwhile.
 *
 * <p>Safe for concurrent use.
 */
final class SigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    /**
     * How often keys are read.
     *
     * @param refresh after how long they are read again
     * @param retry after how long that may happen at the earliest, after a failure or for a key that is not known
     * @param patience how long somebody waits at the most, who can't be answered otherwise
     */
    record Pace(Duration refresh, Duration retry, Duration patience) {}

    private record Known(String document, KeySet keys) {}

    private final KeySource source;
    private final Pace pace;
    private final InstantSource clock;

    private volatile @Nullable Known known;
    private volatile boolean failing;
    private volatile CompletableFuture<?> reading = CompletableFuture.completedFuture(null);
    private Instant started = Instant.MIN;

    SigningKeys(KeySource source, Pace pace, InstantSource clock) {
        this.source = source;
        this.pace = pace;
        this.clock = clock;
    }

    /** Begins to read the keys when it is time to; it goes on in the background. */
    void begin() {
        begin(failing ? pace.retry() : pace.refresh());
    }

    /**
     * The keys at hand. As long as there were none ever, whoever asks waits for those being read.
     *
     * @throws StorageUnavailable when there are none, still
     */
    KeySet current() {
        begin();
        if (known == null) {
            await();
        }
        Known latest = known;
        if (latest == null) {
            throw new StorageUnavailable("Tokens can't be checked now, as their issuer's keys can't be had", null);
        }
        return latest.keys();
    }

    /**
     * The keys after another look, for a key that is not known. Only whoever begins it waits for it; while others do, or have just done,
     * this is the same as {@link #current}. So tokens that name keys that never were cost the issuer nothing, and nobody time.
     */
    KeySet renewed() {
        if (begin(pace.retry())) {
            await();
        }
        return current();
    }

    /** Begins to read, unless that is under way or was begun less than {@code pause} ago. */
    private synchronized boolean begin(Duration pause) {
        Instant now = clock.instant();
        // Either way: a clock that was set back must not keep old keys good.
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
            LOG.warn("The key set of {} has no key that can be used: all tokens are refused", source);
        } else {
            LOG.info("The key set of {} has {} keys that can be used", source, keys.size());
        }
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            LOG.warn(
                    "The key set of {} can't be had; the last one is used on, if there is one: {}",
                    source,
                    cause.toString());
        } else if (failure == null && failing) {
            LOG.info("The key set of {} can be had again", source);
        }
        failing = failure != null;
    }

    private void await() {
        try {
            reading.get(pace.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Is noted where it fails; what is at hand is used.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
