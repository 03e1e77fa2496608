package dev.stowage.worker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.service.Timetables.Timetable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of cron expressions. Clocks in Berlin go forward at 2025-03-30T02:00+01:00, and back at 2025-10-26T03:00+02:00. */
class CronTimetablesTest {

    private final CronTimetables timetables = new CronTimetables();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *     | UTC              | 2025-01-01T12:00:00Z      | 2025-01-01T12:01Z | 2025-01-01T12:02Z
                    0 3 * * *     | UTC              | 2025-01-01T03:00:00Z      | 2025-01-02T03:00Z | 2025-01-03T03:00Z
                    0 3 * * *     | Asia/Kolkata     | 2025-01-01T00:00:00Z      | 2025-01-01T21:30Z | 2025-01-02T21:30Z
                    */15 0 * * 1  | UTC              | 2025-01-06T00:30:10Z      | 2025-01-06T00:45Z | 2025-01-13T00:00Z
                    0 0 1 * 1     | UTC              | 2025-05-30T00:00:00Z      | 2025-06-01T00:00Z | 2025-06-02T00:00Z
                    0 0 * * 7     | UTC              | 2025-01-01T00:00:00Z      | 2025-01-05T00:00Z | 2025-01-12T00:00Z
                    0 0 29 2 *    | UTC              | 2025-01-01T00:00:00Z      | 2028-02-29T00:00Z | 2032-02-29T00:00Z
                    30 2 * * *    | Europe/Berlin    | 2025-03-29T02:00:00+01:00 | 2025-03-29T02:30+01:00 | 2025-03-30T03:30+02:00
                    30 2 * * *    | Europe/Berlin    | 2025-03-30T03:30:00+02:00 | 2025-03-31T02:30+02:00 | 2025-04-01T02:30+02:00
                    30 2 * * *    | Europe/Berlin    | 2025-10-26T00:00:00+02:00 | 2025-10-26T02:30+02:00 | 2025-10-27T02:30+01:00
                    30 2 * * *    | Europe/Berlin    | 2025-10-26T02:10:00+01:00 | 2025-10-27T02:30+01:00 | 2025-10-28T02:30+01:00
                    30 * * * *    | Europe/Berlin    | 2025-03-30T01:00:00+01:00 | 2025-03-30T01:30+01:00 | 2025-03-30T03:30+02:00
                    30 * * * *    | Europe/Berlin    | 2025-10-26T02:00:00+02:00 | 2025-10-26T02:30+02:00 | 2025-10-26T02:30+01:00
                    0 * * * *     | Europe/Berlin    | 2025-10-26T02:30:00+02:00 | 2025-10-26T02:00+01:00 | 2025-10-26T03:00+01:00
                    0 0 * * *     | America/Santiago | 2025-09-06T12:00:00-04:00 | 2025-09-07T01:00-03:00 | 2025-09-08T00:00-03:00
                    """)
    void after_givesTheNextTimes(String cron, String zone, String from, String first, String second) {
        Timetable times = timetables.of(cron, ZoneId.of(zone));

        assertThat(next(times, OffsetDateTime.parse(from).toInstant(), 2))
                .containsExactly(
                        OffsetDateTime.parse(first).toInstant(),
                        OffsetDateTime.parse(second).toInstant());
    }

    /** In zones with changes at midnight, and of half an hour, which take the full hour with them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe"})
    void aYear_hasEachDayAndEachHourOnce(String zone) {
        ZoneId place = ZoneId.of(zone);
        Instant start = Instant.parse("2025-01-10T12:00:00Z");
        Instant end = start.plusSeconds(365 * 86_400L);

        for (String daily : List.of("0 0 * * *", "30 0 * * *", "15 2 * * *", "59 23 * * *")) {
            assertThat(between(timetables.of(daily, place), start, end))
                    .as(daily)
                    .hasSize(365);
        }
        List<Instant> hourly = between(timetables.of("0 * * * *", place), start, end);
        assertThat(hourly)
                .hasSizeBetween(365 * 24 - 2, 365 * 24)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void timesThatNeverCome_areEmpty() {
        assertThat(timetables.of("0 0 30 2 *", ZoneId.of("UTC")).after(Instant.EPOCH))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nightly",
                "@daily",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *"
            })
    void invalidExpressions_areRefused(String cron) {
        assertThatThrownBy(() -> timetables.of(cron, ZoneId.of("UTC")))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", "cron"));
        assertThatThrownBy(() -> timetables.of("* * * * " + "1,".repeat(200) + "1", ZoneId.of("UTC")))
                .isInstanceOf(InvalidInput.class);
    }

    private static List<Instant> next(Timetable times, Instant from, int count) {
        List<Instant> found = new ArrayList<>();
        Instant last = from;
        for (int i = 0; i < count; i++) {
            last = times.after(last).orElseThrow();
            found.add(last);
        }
        return found;
    }

    private static List<Instant> between(Timetable times, Instant start, Instant end) {
        List<Instant> found = new ArrayList<>();
        for (Optional<Instant> time = times.after(start);
                time.isPresent() && time.get().isBefore(end);
                time = times.after(time.get())) {
            found.add(time.get());
        }
        return found;
    }
}
