package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of a database.
 *
 * @param name its name in messages, at the start of a sentence: "The worker's database"
 * @param migrations the schema
 * @param pragmas connection settings of the driver, in addition to the common ones
 * @param barrier runs on the writer's thread before each commit, to make sure that files referenced by new rows are on disk; when it
 *     throws, all changes of the commit fail with that exception
 * @param faults maps an exception of a query, a change, the barrier or the driver to the one that callers get. A
 *     {@link StorageUnavailable} from a commit means an unknown outcome; anything else means that nothing was
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

    /** The failure of a change that may or may not have been made. */
    StorageUnavailable outcomeUnknown(Throwable cause) {
        return StorageUnavailable.outcomeUnknown(
                name + " did not confirm a change, which may or may not have been made; check, and try again", cause);
    }
}
