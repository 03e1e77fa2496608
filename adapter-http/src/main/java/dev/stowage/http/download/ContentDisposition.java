package dev.stowage.http.download;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes {@code Content-Disposition} with a file name (RFC 6266): the full name for clients that support {@code filename*} (RFC 8187), and
 * an ASCII name for the others.
 */
final class ContentDisposition {

    /** Characters that need no encoding in {@code filename*} (RFC 8187, section 3.2.1), besides letters and digits. */
    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /**
     * The parameters after the type.
     *
     * @param filename any text; the last segment of a key
     */
    static String parameters(String filename) {
        String fallback = fallback(filename);
        String plain = "; filename=\"" + fallback + "\"";
        return fallback.equals(filename) ? plain : plain + extended(filename);
    }

    /** The parameter {@code filename*} alone. */
    static String extended(String filename) {
        return "; filename*=UTF-8''" + encode(filename);
    }

    /**
     * Replaces non-ASCII characters with an underscore, and those that recipients are known to misread: quotes and backslashes as escapes,
     * percent signs as an encoding (RFC 6266, appendix D), and characters that file systems do not allow.
     */
    private static String fallback(String filename) {
        StringBuilder ascii = new StringBuilder();
        filename.codePoints()
                .map(c -> c >= 0x20 && c < 0x7F && "\"\\%/:*?<>|".indexOf(c) < 0 ? c : '_')
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    private static String encode(String filename) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : filename.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || ATTR_CHARS.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
