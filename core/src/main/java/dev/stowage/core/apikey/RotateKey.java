package dev.stowage.core.apikey;

import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Rotates the secrets of API keys. */
final class RotateKey {

    /** How long a rotated secret can stay valid. */
    static final Duration MAX_OVERLAP = Duration.ofDays(365);

    private final ApiKeys keys;
    private final Optional<S3Secrets> s3Secrets;
    private final InstantSource clock;

    RotateKey(ApiKeys keys, Optional<S3Secrets> s3Secrets, InstantSource clock) {
        this.keys = keys;
        this.s3Secrets = s3Secrets;
        this.clock = clock;
    }

    /** See {@link ApiKeyManagement#rotate}. */
    ApiKeyManagement.NewKey rotate(StoredKey present, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
            throw InvalidInput.ofField(
                    "overlap", "The overlap must be between 0 and " + MAX_OVERLAP.toDays() + " days");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!present.key().isUsable(now)) {
            throw new Conflict("The key " + present.key().id() + " is revoked or expired; create a new one");
        }
        KeyText text = KeyText.withSecret(present.key().id());
        StoredKey rotated = present.rotated(SecretDigest.of(KeyText.salt(), text.secret()), now.plus(overlap));
        keys.replace(rotated);
        return new ApiKeyManagement.NewKey(
                rotated.key(), text.whole(), s3Secrets.flatMap(secrets -> secrets.current(rotated)));
    }
}
