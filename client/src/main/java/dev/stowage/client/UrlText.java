package dev.stowage.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Text in URLs and header fields. */
final class UrlText {

    private static final String UNRESERVED = "-._~";

    private UrlText() {}

    /** Encodes a key as the rest of a path: slashes stay. */
    static String path(String key) {
        return encode(key, UNRESERVED + "/");
    }

    /** Encodes a value of a query. */
    static String query(String value) {
        return encode(value, UNRESERVED);
    }

    /** Percent-encodes all but letters, digits and {@code safe} (RFC 3986, section 2.1). */
    private static String encode(String text, String safe) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (value & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || safe.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(value));
            }
        }
        return encoded.toString();
    }

    /** Encodes text for a header field: as it is when it is visible ASCII, otherwise as encoded words (RFC 2047). */
    static String header(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (plain && text.equals(text.strip()) && !text.contains("=?")) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(point -> {
            // A word has at most 75 characters, of which base64 may take 63: 45 bytes.
            if (utf8(word.toString()).length + utf8(Character.toString(point)).length > 45) {
                append(words, word);
                word.setLength(0);
            }
            word.appendCodePoint(point);
        });
        append(words, word);
        return words.toString();
    }

    private static void append(StringBuilder words, StringBuilder word) {
        words.append(words.isEmpty() ? "" : " ")
                .append("=?UTF-8?B?")
                .append(base64(utf8(word.toString())))
                .append("?=");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
    }
}
