package dev.stowage.core.job;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What tells a repeated submission from a new one.
 *
 * @param key the client's, 1 to 255 visible ASCII characters
 * @param fingerprint of what was submitted
 */
public record Idempotency(String key, String fingerprint) {

    private static final Pattern SYNTAX = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /** @throws InvalidInput when the key is none */
    public Idempotency {
        if (!SYNTAX.matcher(key).matches()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "An Idempotency-Key is 1 to 255 visible ASCII characters",
                    Map.of("field", "Idempotency-Key"));
        }
    }

    /** That the key was used before, for something else. */
    public InvalidInput reused() {
        return new InvalidInput(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "The Idempotency-Key was used with another body; choose a new key for a new job");
    }
}
