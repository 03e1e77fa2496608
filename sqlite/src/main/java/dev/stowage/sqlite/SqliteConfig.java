package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.util.Map;
import java.util.function.Function;

/**
 * How a database is opened.
 *
 * @param name what messages call it, at the start of a sentence: "The worker's database"
 * @param migrations the schema
 * @param pragmas connection settings of the driver, in addition to those that every database has here
 * @param barrier runs on the writer's thread before each commit, to make sure that what the new rows name is on disk; what it throws, all
 *     changes of that commit fail with
 * @param faults the exception that callers get, by what a query, a change, the barrier or the driver threw. A
 *     {@link StorageUnavailable} of a commit is taken as an unknown outcome; anything else means that nothing was
 *     changed
 */
public record SqliteConfig(
        String name,
        Migrations migrations,
        Map<String, String> pragmas,
        Runnable barrier,
        Function<Throwable, ? extends RuntimeException> faults) {

    public SqliteConfig {
        pragmas = Map.copyOf(pragmas);
    }

    /** What a change fails with that may have been made or not. */
    StorageUnavailable outcomeUnknown(Throwable cause) {
        return new StorageUnavailable(
                name + " did not confirm a change, so it may have been made or not; look, and try again",
                new OutcomeUnknown(cause));
    }
}
