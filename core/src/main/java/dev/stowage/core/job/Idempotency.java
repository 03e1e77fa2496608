package dev.stowage.core.job;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells a repeated submission from a new one.
 *
 * @param scope whose key it is, and the key: the same key of two principals means two things
 * @param fingerprint of what was submitted
 */
public record Idempotency(String scope, String fingerprint) {

    private static final Pattern SYNTAX = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /**
     * That of a submission.
     *
     * @param owner the principal; empty where nobody has to say who they are
     * @param key the client's, 1 to 255 visible ASCII characters
     * @throws InvalidInput when the key is none
     */
    public static Idempotency of(Optional<String> owner, String key, String fingerprint) {
        if (!SYNTAX.matcher(key).matches()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "An Idempotency-Key must have 1 to 255 visible ASCII characters",
                    Map.of("field", "Idempotency-Key"));
        }
        // Keys have no line breaks, so that no owner and key look like another's.
        return new Idempotency(owner.map(id -> id + "\n" + key).orElse(key), fingerprint);
    }

    /** That the key was used before, for something else. */
    public InvalidInput reused() {
        return new InvalidInput(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "The Idempotency-Key was used with another body; use a new key for a new job");
    }
}
