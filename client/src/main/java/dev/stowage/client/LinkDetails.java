package dev.stowage.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link, without its URL.
 *
 * @param id not secret
 * @param kind {@code download} or {@code upload}
 * @param key of its file; empty for a folder
 * @param prefix of its files; empty for one file
 * @param state {@code active}, {@code expired}, {@code used_up} or {@code revoked}
 * @param guarded whether it has a password
 * @param uses the downloads or uploads so far
 * @param owner the id of the principal who created it; empty if the service requires no authentication
 * @param usedAt the last use
 */
public record LinkDetails(
        String id,
        String kind,
        Optional<String> key,
        Optional<String> prefix,
        String state,
        boolean guarded,
        long uses,
        OptionalLong maxUses,
        OptionalLong maxSize,
        Optional<String> owner,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> usedAt) {

    static LinkDetails of(JsonFields json) {
        return new LinkDetails(
                json.text("id"),
                json.text("kind"),
                json.optionalText("key"),
                json.optionalText("prefix"),
                json.text("state"),
                json.flag("has_password"),
                json.number("uses"),
                json.optionalNumber("max_uses"),
                json.optionalNumber("max_size"),
                json.optionalText("owner"),
                json.time("created_at"),
                json.optionalTime("expires_at"),
                json.optionalTime("used_at"));
    }
}
