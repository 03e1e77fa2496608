package dev.stowage.worker.cron;

import com.cronutils.model.time.ExecutionTime;
import dev.stowage.core.port.service.Timetables.Timetable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Times in a time zone. The library only computes the times of a clock that is never changed; this class places them on the time line, as
 * cron(8) of Debian and Red Hat does.
 *
 * <ul>
 *   <li>What runs in every hour runs in every hour that passes: again in an hour that is repeated, and not in one that is skipped.
 *   <li>Everything else runs once: at the first of two equal times, and at a skipped time as much later as clocks were changed.
 * </ul>
 */
final class ZonedTimetable implements Timetable {

    /** More changes of the clock than there are between two times of any expression. */
    private static final int MOST_CHANGES = 200;

    private final ExecutionTime times;
    private final boolean everyHour;
    private final ZoneId zone;

    ZonedTimetable(ExecutionTime times, boolean everyHour, ZoneId zone) {
        this.times = times;
        this.everyHour = everyHour;
        this.zone = zone;
    }

    @Override
    public Optional<Instant> after(Instant moment) {
        return everyHour ? inRealTime(moment) : inLocalTime(moment);
    }

    private Optional<Instant> inLocalTime(Instant moment) {
        Optional<LocalDateTime> local = next(LocalDateTime.ofInstant(moment, zone));
        while (local.isPresent()) {
            Instant time = local.get().atZone(zone).toInstant();
            if (time.isAfter(moment)) {
                return Optional.of(time);
            }
            // The first of two equal times has passed.
            local = next(local.get());
        }
        return Optional.empty();
    }

    private Optional<Instant> inRealTime(Instant moment) {
        Instant from = moment;
        ZoneOffset offset = zone.getRules().getOffset(moment);
        LocalDateTime local = LocalDateTime.ofInstant(moment, offset);
        for (int i = 0; i < MOST_CHANGES; i++) {
            Optional<LocalDateTime> next = next(local);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Instant time = next.get().toInstant(offset);
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change == null || time.isBefore(change.getInstant())) {
                return Optional.of(time);
            }
            from = change.getInstant();
            offset = change.getOffsetAfter();
            local = change.getDateTimeAfter().minusSeconds(1);
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> next(LocalDateTime local) {
        return times.nextExecution(local.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
