package dev.stowage.testkit;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.service.Timetables;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Knows one cron expression, {@code * * * * *}, which is every minute. */
public final class EveryMinute implements Timetables {

    /** Creates it. */
    public EveryMinute() {
        // It has no state.
    }

    @Override
    public Timetable of(String cron, ZoneId zone) {
        if (!cron.equals("* * * * *")) {
            throw InvalidInput.ofField("cron", "cron is not known here");
        }
        return moment -> Optional.of(moment.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)));
    }
}
