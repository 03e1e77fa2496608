package dev.stowage.core.adapter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Writes keys as names in printable ASCII, for stores that accept fewer characters or that order names differently. Safe for concurrent
 * use.
 *
 * <p>Names are ordered by their characters as keys are by their UTF-8 bytes, and the name of a prefix is a prefix of the name. So a store
 * that lists names in the order of ASCII, also lists keys in the right order, page by page, and with a prefix. A delimiter stays one.
 *
 * <p>An accepted character stands for itself. A byte that is not accepted is written as the greatest accepted character below it, followed
 * by the byte in two hexadecimal digits; so is this character itself. If, for example, only {@code \} is refused, then {@code [} becomes
 * {@code [5b}, {@code \} becomes {@code [5c}, and {@code é} becomes {@code ~c3~a9}. A name has at most three times as many characters as the
 * key has bytes.
 */
public final class EscapedNames {

    private static final int FIRST = ' ';
    private static final int LAST = '~';
    private static final int BYTES = 256;
    private static final String DIGITS = "0123456789abcdef";
    private static final HexFormat HEX = HexFormat.of();

    /** The character that stands for a byte, alone or with the byte's digits. */
    private final char[] leads = new char[BYTES];

    private final boolean[] escaped = new boolean[BYTES];

    /**
     * @param refused the printable ASCII characters that names must not contain
     * @throws IllegalArgumentException when these include a digit or a letter from {@code a} to {@code f}
     */
    public EscapedNames(String refused) {
        if (refused.chars().anyMatch(c -> DIGITS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("names need the characters " + DIGITS);
        }
        char lead = firstAccepted(refused);
        for (int b = 0; b < BYTES; b++) {
            boolean accepted = b >= FIRST && b <= LAST && refused.indexOf(b) < 0;
            if (accepted) {
                lead = (char) b;
            }
            leads[b] = lead;
            // Control characters are in no key, so they need no room before the first character.
            escaped[b] |= !accepted && b >= FIRST;
            escaped[lead] |= escaped[b];
        }
    }

    /** Returns the name of a key, or the beginning of the names of all keys with a prefix. */
    public String encode(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
            int b = Byte.toUnsignedInt(signed);
            name.append(leads[b]);
            if (escaped[b]) {
                HEX.toHexDigits(name, signed);
            }
        }
        return name.toString();
    }

    /** Returns the text whose name this is; empty for a name that {@link #encode} does not return, such as that of another client. */
    public Optional<String> decode(String name) {
        byte[] bytes = new byte[name.length()];
        int length = 0;
        for (int i = 0; i < name.length(); length++) {
            char c = name.charAt(i);
            boolean digits = c < BYTES && escaped[c] && leads[c] == c;
            int end = digits ? i + 3 : i + 1;
            if (end > name.length() || (digits && !isHex(name, i + 1))) {
                return Optional.empty();
            }
            bytes[length] = digits ? (byte) HexFormat.fromHexDigits(name, i + 1, end) : (byte) c;
            i = end;
        }
        String text = new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
        return encode(text).equals(name) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isHex(String name, int at) {
        return HexFormat.isHexDigit(name.charAt(at)) && HexFormat.isHexDigit(name.charAt(at + 1));
    }

    private static char firstAccepted(String refused) {
        for (char c = FIRST; c < LAST; c++) {
            if (refused.indexOf(c) < 0) {
                return c;
            }
        }
        throw new IllegalArgumentException("no character is accepted");
    }
}
