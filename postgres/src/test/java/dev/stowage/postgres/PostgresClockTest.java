package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.postgres.PostgresClock.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresClockTest {

    private static final long START = 1_700_000_000_000L;

    /** Close to the end of the numbers: nanoseconds have any origin, and may overflow. */
    private long nanos = Long.MAX_VALUE - 5;

    private long databaseMillis = START;
    private Duration there = Duration.ofMillis(3);
    private Duration back = Duration.ofMillis(2);
    private int asked;

    @Test
    void instant_afterOpening_isTheDatabasesTime() {
        PostgresClock clock = open();

        assertThat(clock.instant()).isEqualTo(at(3));
        assertThat(clock.roundTrip()).isEqualTo(Duration.ofMillis(5));
        assertThat(clock.age()).isZero();
    }

    @Test
    void instant_isNeverAheadOfTheDatabase_andBehindByTheRoundTripAtMost() {
        PostgresClock clock = open();
        long atAnswer = databaseMillis;

        assertThat(clock.instant().toEpochMilli()).isBetween(atAnswer - 5, atAnswer);
    }

    @Test
    void instant_betweenMeasurements_advancesWithNanoseconds() {
        PostgresClock clock = open();

        pass(Duration.ofSeconds(7));

        assertThat(clock.instant()).isEqualTo(at(7003));
        assertThat(clock.age()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void instant_whileNanosecondsStandStill_staysBehind() {
        PostgresClock clock = open();

        // The virtual machine was suspended.
        databaseMillis += 60_000;

        assertThat(clock.instant()).isEqualTo(at(3));
        assertThat(clock.measure()).isTrue();
        assertThat(clock.instant()).isEqualTo(at(60_003 + 5));
    }

    @Test
    void measure_fasterDatabase_isFollowed() {
        PostgresClock clock = open();
        pass(Duration.ofSeconds(10));
        databaseMillis += 250;

        assertThat(clock.measure()).isTrue();

        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(databaseMillis - back.toMillis()));
    }

    @Test
    void measure_databaseWithEarlierTime_neverGoesBack() {
        PostgresClock clock = open();
        Instant before = clock.instant();
        databaseMillis -= 2000;

        assertThat(clock.measure()).isTrue();

        assertThat(clock.instant()).isEqualTo(before);
        pass(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(before);
        pass(Duration.ofMillis(1500));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(databaseMillis - back.toMillis()));
    }

    @Test
    void measure_longRoundTrip_isDiscarded() {
        PostgresClock clock = open();
        back = PostgresClock.LONGEST_ROUND_TRIP;

        assertThat(clock.measure()).isFalse();

        assertThat(clock.age()).isEqualTo(there.plus(back));
        assertThat(clock.instant()).isEqualTo(at(3 + 3 + back.toMillis()));
    }

    @Test
    void measure_failure_passes_andTheClockGoesOn() {
        boolean[] failing = {false};
        PostgresClock clock = PostgresClock.open(() -> nanos, () -> {
            if (failing[0]) {
                throw new StorageUnavailable("gone", null);
            }
            return sample();
        });
        failing[0] = true;

        assertThatThrownBy(clock::measure).hasMessage("gone");

        pass(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(at(1003));
    }

    @Test
    void open_slowDatabase_isRefusedAfterSomeTries() {
        there = PostgresClock.LONGEST_ROUND_TRIP;

        assertThatThrownBy(this::open).isInstanceOf(StorageUnavailable.class);
        assertThat(asked).isEqualTo(5);
    }

    @Test
    void offsetOf_hostAhead_isPositive() {
        PostgresClock clock = open();

        assertThat(clock.offsetOf(InstantSource.fixed(at(3 + 60_000)))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void open_realDatabase_tellsItsTime() {
        try (PostgresDatabase database = PostgresDatabase.open(TestConfigs.of(TestConfigs.migrated()))) {
            PostgresClock clock = PostgresClock.open(database);

            long before = databaseTime(database);
            long now = clock.instant().toEpochMilli();
            long after = databaseTime(database);

            assertThat(now).isBetween(before - clock.roundTrip().toMillis() - 1, after);
            assertThat(clock.measure()).isTrue();
        }
    }

    private static long databaseTime(PostgresDatabase database) {
        return database.read(
                handle -> handle.createQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                        .mapTo(Long.class)
                        .one());
    }

    private PostgresClock open() {
        return PostgresClock.open(() -> nanos, this::sample);
    }

    private Sample sample() {
        asked++;
        long before = nanos;
        pass(there);
        long millis = databaseMillis;
        pass(back);
        return new Sample(before, millis, nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        databaseMillis += TimeUnit.NANOSECONDS.toMillis(time.toNanos());
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(START + millis);
    }
}
