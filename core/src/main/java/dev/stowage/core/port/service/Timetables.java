package dev.stowage.core.port.service;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the times of schedules. Safe for concurrent use; never waits. */
@FunctionalInterface
public interface Timetables {

    /**
     * Reads a cron expression.
     *
     * @param cron minute, hour, day of the month, month and day of the week
     * @param zone of these times
     * @throws dev.stowage.core.error.InvalidInput when it is not valid
     */
    Timetable of(String cron, ZoneId zone);

    /** The times of one schedule. Safe for concurrent use. */
    @FunctionalInterface
    interface Timetable {

        /** Returns the first time after {@code moment}; empty when there is none. */
        Optional<Instant> after(Instant moment);
    }
}
