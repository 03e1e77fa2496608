package dev.stowage.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a file.
 *
 * @param size in bytes
 * @param etag without quotes
 * @param metadata by lower-case name; unmodifiable
 * @param attributes those of {@code cache_control}, {@code content_disposition}, {@code content_encoding} and {@code content_language}
 *     that the file has, by these names; unmodifiable
 * @param expiresAt when the service deletes the file, by the expiry of its upload; rules may delete it earlier; empty for other files
 */
public record FileDetails(
        String key,
        long size,
        String etag,
        Instant lastModified,
        String contentType,
        Map<String, String> metadata,
        Map<String, String> attributes,
        Optional<Instant> expiresAt) {

    private static final List<String> ATTRIBUTES =
            List.of("cache_control", "content_disposition", "content_encoding", "content_language");

    /** The maps are copied. */
    public FileDetails {
        metadata = Map.copyOf(metadata);
        attributes = Map.copyOf(attributes);
    }

    static FileDetails of(JsonFields json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTES.forEach(name -> json.optionalText(name).ifPresent(value -> attributes.put(name, value)));
        return new FileDetails(
                json.text("key"),
                json.number("size"),
                json.text("etag"),
                json.time("last_modified"),
                json.text("content_type"),
                json.map("metadata"),
                attributes,
                json.optionalTime("expires_at"));
    }

    /** Returns the SHA-256 digest that an upload of this client has recorded, in hexadecimal digits. */
    public Optional<String> sha256() {
        return Optional.ofNullable(metadata.get(UploadOptions.DIGEST));
    }
}
