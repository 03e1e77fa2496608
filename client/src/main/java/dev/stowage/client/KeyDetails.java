package dev.stowage.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key, without its secret.
 *
 * @param state {@code active}, {@code expired} or {@code revoked}
 * @param prefixes of the files that it may access; the empty prefix stands for all
 * @param usedAt the last use, to the minute
 * @param s3 whether it has an S3 key pair
 */
public record KeyDetails(
        String id,
        String name,
        String state,
        List<String> actions,
        List<String> projects,
        List<String> prefixes,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> usedAt,
        boolean s3) {

    /** The lists are copied. */
    public KeyDetails {
        actions = List.copyOf(actions);
        projects = List.copyOf(projects);
        prefixes = List.copyOf(prefixes);
    }

    static KeyDetails of(JsonFields json) {
        return new KeyDetails(
                json.text("id"),
                json.text("name"),
                json.text("state"),
                json.texts("actions"),
                json.texts("projects"),
                json.texts("prefixes"),
                json.time("created_at"),
                json.optionalTime("expires_at"),
                json.optionalTime("used_at"),
                json.flag("s3"));
    }
}
