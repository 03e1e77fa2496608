package dev.stowage.app.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object as a line. Numbers and booleans are written as such, everything else as text. Long texts are truncated
 * to {@link #MAX_VALUE} bytes, so that no request can fill a log.
 */
final class JsonLine {

    /** The most bytes of a value as written, with its escapes. */
    static final int MAX_VALUE = 1 << 10;

    private static final int MAX_MESSAGE = 4 << 10;
    private static final int MAX_STACK_TRACE = 32 << 10;

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonLine() {}

    /** The object of {@code fields}, in their order, with a line end. */
    static String of(Map<String, @Nullable Object> fields) {
        StringBuilder line = new StringBuilder(256).append('{');
        fields.forEach((name, value) -> append(line, name, value));
        return line.append("}\n").toString();
    }

    private static void append(StringBuilder line, String name, @Nullable Object value) {
        if (line.length() > 1) {
            line.append(',');
        }
        appendText(line, name, MAX_VALUE);
        line.append(':');
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            line.append(value);
        } else {
            appendText(line, value.toString(), limit(name));
        }
    }

    private static int limit(String name) {
        return switch (name) {
            case "message" -> MAX_MESSAGE;
            case "stack_trace" -> MAX_STACK_TRACE;
            default -> MAX_VALUE;
        };
    }

    private static void appendText(StringBuilder line, String text, int limit) {
        line.append('"');
        ENCODER.quoteAsString(cut(text, limit), line);
        line.append('"');
    }

    /** The longest prefix of {@code text} that takes up to {@code limit} bytes in a line, with an ellipsis when truncated. */
    private static String cut(String text, int limit) {
        // The longest escape, \u001b, takes six bytes for one character.
        if (text.length() <= limit / 6) {
            return text;
        }
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            bytes += bytes(codePoint);
            if (bytes > limit) {
                return text.substring(0, at) + "\u2026";
            }
            at += Character.charCount(codePoint);
        }
        return text;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x20) {
            return 6;
        }
        if (codePoint < 0x80) {
            return codePoint == '"' || codePoint == '\\' ? 2 : 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
