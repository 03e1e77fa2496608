package dev.stowage.s3;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.Metadata;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Users' metadata as the {@code x-amz-meta-} headers carry it, and back. */
final class UserMetadata {

    /** With more, an answer has more headers than the SDK's HTTP client reads: 100, some of them the store's own. */
    static final int MAX_ENTRIES = 64;

    private static final String PREFIX = "x-amz-meta-";

    private UserMetadata() {}

    /**
     * By header name without the prefix.
     *
     * @throws InvalidInput when there are more than {@link #MAX_ENTRIES}
     */
    static Map<String, String> encode(Metadata metadata) {
        if (metadata.values().size() > MAX_ENTRIES) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The store in use keeps at most " + MAX_ENTRIES + " metadata entries of an object",
                    Map.of("field", "metadata"));
        }
        Map<String, String> encoded = new LinkedHashMap<>();
        metadata.values().forEach((name, value) -> encoded.put(headerName(name), EncodedWords.encode(value)));
        return encoded;
    }

    /** The SDK puts the prefix before names that don't begin with it. */
    private static String headerName(String name) {
        return name.startsWith(PREFIX) ? PREFIX + name : name;
    }

    /** What of a store's metadata is the user's and within the core's rules; others may have stored what is not. */
    static Metadata decode(Map<String, String> stored) {
        Map<String, String> sorted = new TreeMap<>();
        stored.forEach((name, value) -> sorted.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        sorted.remove(WriteId.NAME);
        Metadata accepted = Metadata.NONE;
        for (Map.Entry<String, String> entry : sorted.entrySet()) {
            accepted = with(accepted, entry.getKey(), EncodedWords.decode(entry.getValue()));
        }
        return accepted;
    }

    private static Metadata with(Metadata metadata, String name, String value) {
        Map<String, String> values = new TreeMap<>(metadata.values());
        values.put(name, value);
        try {
            return new Metadata(values);
        } catch (InvalidInput foreign) {
            return metadata;
        }
    }
}
