package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
            return decode(text, false);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key in the path is not percent-encoded UTF-8: " + e.getMessage(),
                    Map.of("reason", "encoding"));
        }
    }

    /**
     * Decodes a name or value in a query, where {@code +} is a space (as HTML forms send it).
     *
     * @throws IllegalArgumentException when it can't be decoded; the message says why
     */
    public static String decodeQuery(String text) {
        return decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0 && text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                if (i + 2 >= raw.length) {
                    throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
                }
                decoded.put((byte) (hex(raw[i + 1]) << 4 | hex(raw[i + 2])));
                i += 2;
            } else {
                decoded.put(plusIsSpace && raw[i] == '+' ? (byte) ' ' : raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not UTF-8", e);
        }
    }

    private static int hex(byte digit) {
        int value = Character.digit((char) digit, 16);
        if (value < 0) {
            throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
        }
        return value;
    }
}
