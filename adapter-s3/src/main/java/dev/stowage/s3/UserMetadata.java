package dev.stowage.s3;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.Metadata;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts users' metadata to {@code x-amz-meta-} headers and back. */
final class UserMetadata {

    /** With more, a response exceeds the header limit of the SDK's HTTP client: 100, including the store's own. */
    static final int MAX_ENTRIES = 64;

    private static final String PREFIX = "x-amz-meta-";

    private UserMetadata() {}

    /**
     * The header values by name without the prefix.
     *
     * @throws InvalidInput when there are more than {@link #MAX_ENTRIES} entries
     */
    static Map<String, String> encode(Metadata metadata) {
        Map<String, String> entries = metadata.stored();
        if (entries.size() > MAX_ENTRIES) {
            throw InvalidInput.ofField(
                    "metadata", "This store supports at most " + MAX_ENTRIES + " metadata entries per object");
        }
        Map<String, String> encoded = new LinkedHashMap<>();
        entries.forEach((name, value) -> encoded.put(headerName(name), EncodedWords.encode(value)));
        return encoded;
    }

    /** The SDK adds the prefix to names that don't begin with it. */
    private static String headerName(String name) {
        return name.startsWith(PREFIX) ? PREFIX + name : name;
    }

    /** The user's metadata that is valid in the core; other programs may have stored invalid entries. */
    static Metadata decode(Map<String, String> stored) {
        Map<String, String> decoded = new HashMap<>();
        stored.forEach((name, value) -> decoded.put(name, EncodedWords.decode(value)));
        decoded.keySet().removeIf(WriteId.NAME::equalsIgnoreCase);
        return Metadata.lenient(decoded);
    }
}
