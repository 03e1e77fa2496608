package dev.stowage.core.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of UTF-8 (RFC 3986, section 2.1), of all bytes but the unreserved characters {@code A-Z a-z 0-9 - . _ ~}. Decoding is
 * strict: malformed input is refused, and not replaced.
 */
public final class PercentEncoding {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Encodes everything, including slashes. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** Encodes everything but slashes. */
    public static String encodePath(String text) {
        return encode(text, true);
    }

    /**
     * Decodes text.
     *
     * @throws IllegalArgumentException when it can't be decoded; the message says why
     */
    public static String decode(String text) {
        return decode(text, false);
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
        if (text.chars().allMatch(c -> c < 0x80 && c != '%' && c != '+')) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                decoded.put((byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2)));
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

    private static int hex(byte[] raw, int index) {
        int value = index < raw.length ? Character.digit((char) raw[index], 16) : -1;
        if (value < 0) {
            throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
        }
        return value;
    }

    private static String encode(String text, boolean keepSlash) {
        if (text.chars().allMatch(c -> isUnreserved((char) c) || (keepSlash && c == '/'))) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isUnreserved(c) || (keepSlash && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
