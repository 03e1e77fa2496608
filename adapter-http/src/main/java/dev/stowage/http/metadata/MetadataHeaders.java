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
 * User metadata as {@code X-Meta-NAME: value}. What ASCII can't carry is sent as encoded words (RFC 2047), and taken so or as
 * plain UTF-8, which many clients send.
 */
public final class MetadataHeaders {

    private static final String PREFIX = "x-meta-";

    private MetadataHeaders() {}

    /**
     * The metadata that a request brings.
     *
     * @param names of all header fields
     * @param headers the values of a field, one for each line of it, by its name; each char a byte
     * @throws dev.stowage.core.error.InvalidInput when it breaks the rules for metadata
     */
    public static Metadata parse(Iterable<String> names, Function<String, List<String>> headers) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                String value = String.join(", ", headers.apply(name));
                values.put(lower.substring(PREFIX.length()), HeaderText.decode(value));
            }
        }
        return values.isEmpty() ? Metadata.NONE : new Metadata(values);
    }

    /** Writes metadata as header fields of ASCII. */
    public static void write(Metadata metadata, BiConsumer<String, String> header) {
        metadata.values().forEach((name, value) -> header.accept("X-Meta-" + name, EncodedWords.encode(value)));
    }
}
