package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An attribute of an object that is stored as text, and sent with its bytes as the header of the same name (RFC 9110, section 8). */
public enum HeaderAttribute {
    /** How caches may store the object (RFC 9111, section 5.2). */
    CACHE_CONTROL("cache_control", "Cache-Control"),
    /** Whether the object is shown or saved, and with which file name (RFC 6266). */
    CONTENT_DISPOSITION("content_disposition", "Content-Disposition"),
    /** The content codings of the stored bytes (RFC 9110, section 8.4). */
    CONTENT_ENCODING("content_encoding", "Content-Encoding"),
    /** The language of the audience (RFC 9110, section 8.5). */
    CONTENT_LANGUAGE("content_language", "Content-Language");

    /** The maximum size of a value in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024;

    /** The coding of request bodies by AWS SDKs, which is removed before the bytes are stored. */
    private static final String AWS_CHUNKED = "aws-chunked";

    private static final Pattern EDGES = Pattern.compile("^[ \\t]+|[ \\t]+$");

    private final String field;
    private final String header;

    HeaderAttribute(String field, String header) {
        this.field = field;
        this.header = header;
    }

    /** Returns the attribute with that {@link #field}, or empty when there is none. */
    public static Optional<HeaderAttribute> ofField(String name) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.field.equals(name))
                .findFirst();
    }

    /** Returns the name in JSON, forms and upload metadata, such as {@code cache_control}. */
    public String field() {
        return field;
    }

    /** Returns the name of the header, such as {@code Cache-Control}. */
    public String header() {
        return header;
    }

    /**
     * Returns the value as it is stored: without white space at the ends, and without the coding {@code aws-chunked}, which only describes
     * a request. Empty when the attribute is absent.
     *
     * @throws InvalidInput when the text is longer than {@link #MAX_BYTES}, or contains control characters or unpaired surrogates
     */
    public String normalize(String text) {
        String value = EDGES.matcher(text).replaceAll("");
        if (this == CONTENT_ENCODING) {
            value = withoutAwsChunked(value);
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("is longer than " + MAX_BYTES + " bytes");
        }
        if (value.codePoints().anyMatch(HeaderAttribute::isForbidden)) {
            throw invalid("contains a control character or an unpaired surrogate");
        }
        return value;
    }

    private static String withoutAwsChunked(String value) {
        if (!value.toLowerCase(Locale.ROOT).contains(AWS_CHUNKED)) {
            return value;
        }
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(AWS_CHUNKED))
                .collect(Collectors.joining(", "));
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private InvalidInput invalid(String what) {
        return InvalidInput.ofField(
                field, "The value of " + field + " " + what + ". Send at most " + MAX_BYTES + " bytes of plain text");
    }
}
