package dev.stowage.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Configures logging. Nothing is logged before {@link #start}. */
public final class Logging {

    /** Control characters are replaced and lines are truncated, so that no request can forge a line, control the terminal or fill the log. */
    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %-24logger{24} "
            + "%.-4096replace(%replace(%msg %kvp{NONE} %X){'\\p{Cntrl}+',' '}){' +$',''}%n%ex";

    private static final List<String> VERBOSE_LOGGERS = List.of(
            "io.javalin",
            "io.netty",
            "io.opentelemetry",
            "org.apache",
            "org.eclipse.jetty",
            "org.sqlite",
            "software.amazon");

    private Logging() {}

    /**
     * Logs to standard output as configured; libraries log at most warnings. A repeated call replaces the
     * earlier configuration.
     *
     * @param terminal whether the standard output is a terminal
     */
    public static void start(LogConfig config, boolean terminal) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Level level = Level.convertAnSLF4JLevel(config.level());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console(context, isText(config.format(), terminal) ? text() : new JsonLayout()));
        Level quiet = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
        VERBOSE_LOGGERS.forEach(name -> context.getLogger(name).setLevel(quiet));
    }

    private static boolean isText(LogFormat format, boolean terminal) {
        return format == LogFormat.TEXT || (format == LogFormat.AUTO && terminal);
    }

    static Layout<ILoggingEvent> text() {
        PatternLayout layout = new PatternLayout();
        layout.setPattern(TEXT);
        return layout;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, Layout<ILoggingEvent> layout) {
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
