package dev.stowage.s3;

import dev.stowage.core.object.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The mark that a conditional write leaves in the object's metadata, by which it knows its own work again when the answer was lost:
 * a {@code 412} that follows such an attempt may be about what that attempt stored itself.
 */
record WriteId(String value) {

    /** The metadata's name; users never see it. */
    static final String NAME = "stowage-write-id";

    static WriteId random() {
        return new WriteId(UUID.randomUUID().toString());
    }

    /** Adds the mark, unless the user's own metadata leaves no room for it: a lost answer then stays an unknown outcome. */
    Map<String, String> mark(Map<String, String> metadata) {
        Map<String, String> marked = new LinkedHashMap<>(metadata);
        marked.put(NAME, value);
        int bytes = marked.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
        return bytes > Metadata.MAX_BYTES ? metadata : marked;
    }

    boolean marks(Map<String, String> metadata) {
        return value.equals(metadata.get(NAME));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
