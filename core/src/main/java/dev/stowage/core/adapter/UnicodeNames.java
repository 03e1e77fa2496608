package dev.stowage.core.adapter;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;
import java.util.Optional;

/**
 * Writes keys as names in Unicode, for stores that take nearly all characters, but order them by UTF-16, or don't say how. Safe for
 * concurrent use. See {@link EscapedNames} for stores that take fewer characters.
 *
 * <p>Names are ordered as keys are by their UTF-8 bytes, whether by UTF-8, UTF-16 or code points, and the name of a prefix is a prefix of
 * the name. Most keys are their own names, so that other clients of the store find them. Escaped are the refused characters, and those from
 * U+D7FE on, which differ in the order: characters of private use, compatibility forms and supplementary characters. A name has at most as
 * many characters as the key has bytes, except for the refused characters and those before them, which take two.
 */
public final class UnicodeNames {

    /** A character that no name has. Being greater than any other, it separates a name from what follows it. */
    public static final char UNUSED = '\uD7FF';

    /** The first character that is escaped, and the one that escapes begin with; it is not assigned. */
    private static final char LEAD = '\uD7FE';

    /** Digits are Hangul syllables, of which there are enough in one block. */
    private static final char ZERO = '\uAC00';

    private static final int DIGIT_BITS = 11;
    private static final int MAX_DIGIT = (1 << DIGIT_BITS) - 1;

    private final char refused;
    private final int maxLength;

    /**
     * @param refused an ASCII character that names must not contain; the one before it is accepted
     * @param maxLength of a name in characters of UTF-16
     */
    public UnicodeNames(char refused, int maxLength) {
        this.refused = refused;
        this.maxLength = maxLength;
    }

    /** Returns the name of a key. @throws InvalidInput when it is too long */
    public String of(ObjectKey key) {
        String name = encode(key.value());
        if (name.length() > maxLength) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key is too long for the store, in which %s and %s count twice".formatted(before(), refused),
                    Map.of("key", key.value(), "reason", "too_long"));
        }
        return name;
    }

    /** Returns the beginning of the names of all keys that begin with a text. */
    public String encode(String text) {
        StringBuilder name = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == refused || c == before()) {
                name.append(before()).append(c == refused ? '1' : '0');
            } else if (c < LEAD) {
                name.append((char) c);
            } else {
                int number = c - LEAD;
                name.append(LEAD).append(digit(number >> DIGIT_BITS)).append(digit(number & MAX_DIGIT));
            }
        });
        return name.toString();
    }

    /** Returns the text whose name this is; empty for a name that {@link #encode} does not return, such as that of another client. */
    public Optional<String> decode(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == before() && i + 1 < name.length()) {
                text.append(name.charAt(++i) == '0' ? before() : refused);
            } else if (c == LEAD && i + 2 < name.length()) {
                int number = ((name.charAt(i + 1) - ZERO) << DIGIT_BITS) + (name.charAt(i + 2) - ZERO);
                if (!Character.isValidCodePoint(LEAD + number)) {
                    return Optional.empty();
                }
                text.appendCodePoint(LEAD + number);
                i += 2;
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString()).filter(decoded -> encode(decoded).equals(name));
    }

    private char before() {
        return (char) (refused - 1);
    }

    private static char digit(int value) {
        return (char) (ZERO + value);
    }
}
