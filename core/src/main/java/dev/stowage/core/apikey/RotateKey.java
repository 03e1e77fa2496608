package dev.stowage.core.apikey;

import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Rotates the secrets of API keys. */
final class RotateKey {

    private final ApiKeys keys;
    private final InstantSource clock;

    RotateKey(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** See {@link AccessControl#rotate}. */
    NewKey rotate(String id, Duration overlap) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        StoredKey present = AccessControl.find(keys, id);
        if (!present.key().isGood(now)) {
            throw new InvalidInput(ErrorCode.INVALID_REQUEST, "The key is revoked or expired; create a new one");
        }
        KeyText text = KeyText.withSecret(id);
        StoredKey rotated = present.rotated(SecretDigest.of(KeyText.salt(), text.secret()), now.plus(overlap));
        keys.replace(rotated);
        return new NewKey(rotated.key(), text.whole());
    }
}
