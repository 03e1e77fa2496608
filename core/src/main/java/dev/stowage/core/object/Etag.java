package dev.stowage.core.object;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;

/**
 * The entity tag of an object, without quotes: an opaque text that changes whenever the object's bytes change.
 *
 * <p>Always a strong validator in the sense of RFC 9110, section 8.8.1.
 *
 * @param value 1 to 1024 characters that are valid between the quotes of an entity tag (RFC 9110, section 8.8.3)
 */
public record Etag(String value) {

    private static final int MAX_LENGTH = 1024;

    /** @throws InvalidInput when the text is not a valid entity tag */
    public Etag {
        boolean valid = !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF));
        if (!valid) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "An ETag must have 1 to " + MAX_LENGTH + " visible characters, without quotes or spaces");
        }
    }

    /**
     * Parses an ETag with or without quotes, as stores and clients send it in bodies. A proxy that changes the encoding of responses marks
     * their ETags as weak (RFC 9110, section 8.8.1). The mark is removed, as the tag still identifies the same bytes.
     */
    public static Etag ofMaybeQuoted(String entityTag) {
        String text = entityTag.startsWith("W/\"") ? entityTag.substring(2) : entityTag;
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return new Etag(quoted ? text.substring(1, text.length() - 1) : text);
    }

    /** Returns the tag as in a header. */
    public String quoted() {
        return '"' + value + '"';
    }

    @Override
    public String toString() {
        return value;
    }
}
