package dev.stowage.worker.schedule;

import dev.stowage.core.error.StorageException;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs failures of background work: those of the store and the databases in one line, defects with their stack trace. */
public final class BackgroundLog {

    private BackgroundLog() {}

    /**
     * Logs one line.
     *
     * @param line the line so far, with its level and values
     * @param message with placeholders for {@code arguments}
     */
    public static void log(LoggingEventBuilder line, Throwable failure, String message, Object... arguments) {
        if (failure instanceof StorageException store && store.isOfStore()) {
            line.addKeyValue("failure", store.getMessage())
                    .addKeyValue("cause", store.causes())
                    .log(message, arguments);
        } else {
            line.setCause(failure).log(message, arguments);
        }
    }
}
