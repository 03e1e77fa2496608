package dev.stowage.worker.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.service.Timetables;
import java.time.ZoneId;

/**
 * Cron expressions of five fields, as of crontab(5): minute, hour, day of the month, month and day of the week. If both days are
 * restricted, either one has to match.
 */
public final class CronTimetables implements Timetables {

    private static final int MAX_LENGTH = 200;

    private final CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    @Override
    public Timetable of(String cron, ZoneId zone) {
        if (cron.length() > MAX_LENGTH) {
            throw invalid("a cron expression has at most " + MAX_LENGTH + " characters");
        }
        try {
            Cron parsed = parser.parse(cron).validate();
            String hours = cron.strip().split("\\s+", -1)[1];
            return new ZonedTimetable(ExecutionTime.forCron(parsed), hours.equals("*"), zone);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static InvalidInput invalid(String why) {
        return InvalidInput.ofField(
                "cron", "cron must have five fields, as in 0 3 * * * for 3 o'clock every day: " + why);
    }
}
