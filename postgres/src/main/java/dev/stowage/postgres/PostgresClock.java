package dev.stowage.postgres;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The time of the database, so that all nodes have the same. The database is asked at intervals, by {@link #measure};
 * between these, the clock advances with {@link System#nanoTime}. The host's clock has no part in it.
 *
 * <p>Times are in whole milliseconds. The clock is behind the database's by no more than the round trip of the last
 * measurement, and never ahead, except by the drift of the host's oscillator since then. It never goes back: when the
 * database's clock is set back, or a server with an earlier time takes over, it stands still until that time has passed.
 *
 * <p>Safe for concurrent use.
 */
public final class PostgresClock implements InstantSource {

    /** A longer round trip says too little about the time. */
    static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(500);

    private static final int FIRST_SAMPLES = 5;

    private final LongSupplier nanos;
    private final Supplier<Sample> source;
    private final AtomicReference<@Nullable Sample> last = new AtomicReference<>();
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    /**
     * A reading of the database's clock.
     *
     * @param askedAt the nanoseconds before
     * @param millis the database's time, in milliseconds since 1970
     * @param answeredAt the nanoseconds after
     */
    record Sample(long askedAt, long millis, long answeredAt) {

        Duration roundTrip() {
            return Duration.ofNanos(answeredAt - askedAt);
        }

        long millisAt(long now) {
            return millis + TimeUnit.NANOSECONDS.toMillis(now - answeredAt);
        }
    }

    private PostgresClock(LongSupplier nanos, Supplier<Sample> source) {
        this.nanos = nanos;
        this.source = source;
    }

    /**
     * Creates a clock and measures.
     *
     * @throws StorageUnavailable when the database can't be asked, or does not answer within half a second, several times
     */
    public static PostgresClock open(PostgresDatabase database) {
        return open(System::nanoTime, () -> database.read(handle -> sample(handle, System::nanoTime)));
    }

    /** @param nanos time that advances evenly, from any origin */
    static PostgresClock open(LongSupplier nanos, Supplier<Sample> source) {
        PostgresClock clock = new PostgresClock(nanos, source);
        for (int i = 0; i < FIRST_SAMPLES; i++) {
            if (clock.measure()) {
                return clock;
            }
        }
        throw new StorageUnavailable(
                "The database takes longer than " + LONGEST_ROUND_TRIP.toMillis() + " ms to tell the time", null);
    }

    /**
     * Asks the database for the time. To be called every few seconds, for instance before each heartbeat.
     *
     * @return false when the answer took too long, and was not used
     * @throws StorageUnavailable when the database can't be asked; the clock advances as before
     */
    public boolean measure() {
        Sample sample = source.get();
        if (sample.roundTrip().compareTo(LONGEST_ROUND_TRIP) > 0) {
            return false;
        }
        last.accumulateAndGet(
                sample, (old, taken) -> old == null || taken.answeredAt() - old.answeredAt() >= 0 ? taken : old);
        return true;
    }

    @Override
    public Instant instant() {
        long now = measured().millisAt(nanos.getAsLong());
        return Instant.ofEpochMilli(latest.accumulateAndGet(now, Math::max));
    }

    /** How long ago the last measurement was that was used. */
    public Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - measured().answeredAt());
    }

    /** The round trip of the last measurement that was used: how much this clock may be behind. */
    public Duration roundTrip() {
        return measured().roundTrip();
    }

    /** How far another clock, such as the host's, is ahead of this one; negative when it is behind. For operators only. */
    public Duration offsetOf(InstantSource other) {
        return Duration.between(instant(), other.instant());
    }

    private Sample measured() {
        return Optional.ofNullable(last.get()).orElseThrow();
    }

    private static Sample sample(Handle handle, LongSupplier nanos) {
        long before = nanos.getAsLong();
        long millis = handle.createQuery("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .mapTo(Long.class)
                .one();
        return new Sample(before, millis, nanos.getAsLong());
    }
}
