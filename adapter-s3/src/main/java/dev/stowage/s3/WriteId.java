package dev.stowage.s3;

import dev.stowage.core.object.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A mark in the metadata of an object, by which a conditional write recognizes its own object when the response was lost:
 * a {@code 412} to a repeated request may be caused by the object that the first attempt stored.
 */
record WriteId(String value) {

    /** The name of the metadata entry; users never see it. */
    static final String NAME = "stowage-write-id";

    static WriteId random() {
        return new WriteId(UUID.randomUUID().toString());
    }

    /** Adds the mark, unless the user's metadata leaves no room for it: a lost response then stays an unknown outcome. */
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
