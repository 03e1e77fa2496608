package dev.stowage.app.logging;

import java.util.Locale;

/** The format of log lines. */
public enum LogFormat {
    /** {@link #TEXT} on a terminal, {@link #JSON} elsewhere. */
    AUTO,
    /** For people. */
    TEXT,
    /** One JSON object a line, for machines. */
    JSON;

    static LogFormat parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("is not auto, text or json");
        };
    }
}
