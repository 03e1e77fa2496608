package dev.stowage.app.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The audit log in a file of its own, one JSON object a line, which carries what the thread does, such as {@code request_id}. The file is
 * only ever added to, each line in one write, so that several processes may do so; what is in it is for others to rotate.
 */
public final class AuditFile implements AuditLog {

    private static final String NAME = "audit";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    private AuditFile() {}

    /**
     * Opens the file, making it where it is missing. Again: replaces what was opened before.
     *
     * @throws IllegalStateException when it can't be written to
     */
    public static AuditFile open(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger logger = context.getLogger(NAME);
        logger.detachAndStopAllAppenders();
        FileAppender<ILoggingEvent> appender = appender(context, file);
        if (!appender.isStarted()) {
            throw new IllegalStateException("the audit log " + file + " can't be written to");
        }
        logger.addAppender(appender);
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        // It says who did what, and is not for everybody who may read the log.
        logger.setAdditive(false);
        return new AuditFile();
    }

    @Override
    public void add(AuditEvent event) {
        LoggingEventBuilder line = LOG.atLevel(Level.INFO)
                .addKeyValue(
                        "principal", event.principal().flatMap(Principal::id).orElse(""))
                .addKeyValue("name", event.principal().map(Principal::name).orElse(""))
                .addKeyValue("operation", event.operation())
                .addKeyValue("result", event.result());
        if (event.key().isPresent()) {
            line = line.addKeyValue("key", event.key().get());
        }
        for (Map.Entry<String, String> detail : event.detail().entrySet()) {
            line = line.addKeyValue(detail.getKey(), detail.getValue());
        }
        line.log(NAME);
    }

    private static FileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        Layout<ILoggingEvent> layout = new JsonLayout();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(true);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
