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
 * The time of the database, which all nodes share. {@link #measure} asks the database at intervals; in between, the clock advances with
 * {@link System#nanoTime}. The host's wall clock is not used.
 *
 * <p>Times are in whole milliseconds. The clock is behind the database's by no more than the round trip of the last measurement, and never
 * ahead, except by the drift of the host's oscillator since then. It never goes back: when the database's clock is set back, or a server
 * with an earlier time takes over, it stands still until that time has passed.
 *
 * <p>Safe for concurrent use.
 */
public final class PostgresClock implements InstantSource {

    /** With a longer round trip, the reading is too inexact. */
    static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(500);

    private static final int FIRST_SAMPLES = 5;

    private final LongSupplier nanos;
    private final Supplier<Sample> source;
    private final AtomicReference<@Nullable Sample> last = new AtomicReference<>();
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    /**
     * A reading of the database's clock.
     *
     * @param askedAt when the query was sent, in nanoseconds
     * @param millis the database's time, in milliseconds since 1970
     * @param answeredAt when the response arrived, in nanoseconds
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
     * @throws StorageUnavailable when the database can't be reached, or repeatedly takes longer than half a second to respond
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
                "The database takes longer than " + LONGEST_ROUND_TRIP.toMillis() + " ms to respond", null);
    }

    /**
     * Reads the clock of the database. To be called every few seconds, for instance before each heartbeat.
     *
     * @return whether the response arrived in time and was used
     * @throws StorageUnavailable when the database can't be reached; the clock advances as before
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

    /** Returns the time since the last measurement that was used. */
    public Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - measured().answeredAt());
    }

    /** Returns the round trip of the last measurement that was used, which is how far this clock may be behind. */
    public Duration roundTrip() {
        return measured().roundTrip();
    }

    /** Returns how far another clock, such as the host's, is ahead of this one; negative when it is behind. For operators. */
    public Duration offsetOf(InstantSource other) {
        return Duration.between(instant(), other.instant());
    }

    private Sample measured() {
        return Optional.ofNullable(last.get()).orElseThrow();
    }

    static Sample sample(Handle handle, LongSupplier nanos) {
        long before = nanos.getAsLong();
        long millis = handle.createQuery("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .mapTo(Long.class)
                .one();
        return new Sample(before, millis, nanos.getAsLong());
    }
}
