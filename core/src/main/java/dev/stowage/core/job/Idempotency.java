package dev.stowage.core.job;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Distinguishes a repeated submission from a new one.
 *
 * @param scope the owner and the idempotency key, so that the same key of two principals has two meanings
 * @param fingerprint of the submitted job
 */
public record Idempotency(String scope, String fingerprint) {

    private static final Pattern SYNTAX = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /**
     * Returns the idempotency of a submission.
     *
     * @param owner the principal; empty where no authentication is required
     * @param key the client's idempotency key, 1 to 255 visible ASCII characters
     * @throws InvalidInput when the key is not valid
     */
    public static Idempotency of(Optional<String> owner, String key, String fingerprint) {
        if (!SYNTAX.matcher(key).matches()) {
            throw InvalidInput.ofField(
                    "Idempotency-Key", "An Idempotency-Key must have 1 to 255 visible ASCII characters");
        }
        // Keys contain no line breaks, so that owner and key are unambiguous.
        return new Idempotency(owner.map(id -> id + "\n" + key).orElse(key), fingerprint);
    }

    /** Returns the error for a key that was used before for another job. */
    public InvalidInput reused() {
        return new InvalidInput(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "The Idempotency-Key was used with another body; use a new key for a new job");
    }
}
