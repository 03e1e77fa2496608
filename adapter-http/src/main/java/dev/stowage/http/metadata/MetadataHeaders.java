package dev.stowage.http.metadata;

import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.Metadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * User metadata as {@code X-Meta-NAME: value}. Non-ASCII values are sent as encoded words (RFC 2047), and accepted as encoded words or
 * plain UTF-8, which many clients send.
 */
public final class MetadataHeaders {

    private static final String PREFIX = "x-meta-";

    private MetadataHeaders() {}

    /**
     * Parses the metadata in a request.
     *
     * @param names the names of all header fields
     * @param headers returns the values of a field, one for each field line, by its name; each char is a byte
     * @throws dev.stowage.core.error.InvalidInput when it breaks the rules for metadata
     */
    public static Metadata parse(Iterable<String> names, Function<String, List<String>> headers) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            if (isMetadata(name)) {
                String value = String.join(", ", headers.apply(name));
                values.put(
                        name.toLowerCase(Locale.ROOT).substring(PREFIX.length()),
                        EncodedWords.decode(EncodedWords.text(value)));
            }
        }
        return values.isEmpty() ? Metadata.NONE : new Metadata(values);
    }

    /** Whether a header field with that name carries metadata. */
    public static boolean isMetadata(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** Writes metadata as ASCII header fields. */
    public static void write(Metadata metadata, BiConsumer<String, String> header) {
        metadata.values().forEach((name, value) -> header.accept("X-Meta-" + name, EncodedWords.encode(value)));
    }
}
