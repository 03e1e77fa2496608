package dev.stowage.core.object;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * A media type with its parameters, safe to be sent in a header (RFC 9110, section 8.3.1).
 *
 * @param value such as {@code text/plain; charset=utf-8}, at most 255 characters
 */
public record ContentType(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern SYNTAX = Pattern.compile(TOKEN + "/" + TOKEN + "(?:[ \t]*;[ \t]*(?:" + TOKEN + "=(?:"
            + TOKEN + "|\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*+\"))?)*+");

    /** What an object has whose type nobody told. Stands after the syntax, which it is checked against. */
    public static final ContentType OCTET_STREAM = new ContentType("application/octet-stream");

    /** @throws InvalidInput when the text is no media type */
    public ContentType {
        if (!isValid(value)) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A content type looks like text/plain or text/html; charset=utf-8, with at most " + MAX_LENGTH
                            + " characters");
        }
    }

    /** The type in {@code text}, or {@link #OCTET_STREAM} when it is none: for what others have stored. */
    public static ContentType orDefault(String text) {
        return isValid(text) ? new ContentType(text) : OCTET_STREAM;
    }

    private static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
