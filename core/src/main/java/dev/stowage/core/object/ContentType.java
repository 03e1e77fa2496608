package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type with its parameters that can be sent in a header (RFC 9110, section 8.3.1).
 *
 * @param value such as {@code text/plain; charset=utf-8}, at most 255 characters
 */
public record ContentType(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern SYNTAX = Pattern.compile(TOKEN + "/" + TOKEN + "(?:[ \t]*;[ \t]*(?:" + TOKEN + "=(?:"
            + TOKEN + "|\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*+\"))?)*+");

    private static final Pattern PARAMETER =
            Pattern.compile("(?<name>" + TOKEN + ")=(?:(?<token>" + TOKEN + ")|\"(?<quoted>[^\"]*)\")");

    /** The type of an object that was stored without one. Declared after the syntax, which it is checked against. */
    public static final ContentType OCTET_STREAM = new ContentType("application/octet-stream");

    /** @throws InvalidInput when the text is not a media type */
    public ContentType {
        if (!isValid(value)) {
            throw InvalidInput.ofField(
                    "content_type",
                    "A content type must look like text/plain or text/html; charset=utf-8 and have at most "
                            + MAX_LENGTH + " characters");
        }
    }

    /** Returns the type in {@code text}, or {@link #OCTET_STREAM} if it is not valid: for objects stored by other clients. */
    public static ContentType orDefault(String text) {
        return isValid(text) ? new ContentType(text) : OCTET_STREAM;
    }

    /**
     * Whether both are equivalent: type, parameter names and charsets in any case, parameters in any order, quoted or not, with or without
     * spaces between them (RFC 9110, sections 5.6.6 and 8.3). Servers and clients rewrite types in these ways.
     */
    public boolean isSameAs(ContentType other) {
        return normalized().equals(other.normalized());
    }

    private List<String> normalized() {
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        List<String> parameters = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(end < 0 ? "" : value.substring(end));
        while (parameter.find()) {
            String name = parameter.group("name").toLowerCase(Locale.ROOT);
            String quoted = parameter.group("quoted");
            String text = quoted == null ? parameter.group("token") : quoted;
            parameters.add(name + "=" + (name.equals("charset") ? text.toLowerCase(Locale.ROOT) : text));
        }
        parameters.sort(Comparator.naturalOrder());
        parameters.add(0, type);
        return parameters;
    }

    private static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
