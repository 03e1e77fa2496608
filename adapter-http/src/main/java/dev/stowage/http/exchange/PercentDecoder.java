package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.PercentEncoding;
import java.util.Map;

/** Decodes percent-encoded UTF-8 (RFC 3986, section 2.1) strictly, without replacing malformed input. */
public final class PercentDecoder {

    private PercentDecoder() {}

    /**
     * Decodes a key in a path.
     *
     * @throws InvalidInput {@code INVALID_KEY} with {@code detail.reason} {@code encoding} when it can't be decoded
     */
    public static String decodeKey(String text) {
        try {
            return PercentEncoding.decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key in the path is not percent-encoded UTF-8: " + e.getMessage(),
                    Map.of("reason", "encoding"));
        }
    }
}
