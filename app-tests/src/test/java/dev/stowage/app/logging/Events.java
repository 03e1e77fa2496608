package dev.stowage.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Log events for tests. */
final class Events {

    private Events() {}

    static ILoggingEvent event(
            String message, Map<String, String> carried, @Nullable Throwable failure, KeyValuePair... pairs) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("dev.stowage.Example");
        event.setThreadName("worker-1");
        event.setLevel(Level.INFO);
        event.setInstant(Instant.parse("2025-01-01T12:00:00.123456Z"));
        event.setMessage(message);
        event.setMDCPropertyMap(carried);
        for (KeyValuePair pair : pairs) {
            event.addKeyValuePair(pair);
        }
        if (failure != null) {
            event.setThrowableProxy(new ThrowableProxy(failure));
        }
        return event;
    }
}
