package dev.stowage.azure;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;
import java.util.Optional;

/**
 * Writes keys as names of blobs.
 *
 * <p>Most keys are their own names, so that other clients of the container find them. Characters are escaped for two reasons: the service
 * takes a backslash for a slash, and its documentation does not say how it orders characters from U+E000 on, which differ in UTF-8 and
 * UTF-16. Escapes keep the order and take at most as many characters as the key has bytes, except for brackets and backslashes. So a key
 * of 1024 bytes fits into a name, which has at most 1024 characters.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">Naming
 *     blobs</a>
 */
final class BlobNames {

    /** The beginning of the names of the adapter's own blobs. The service keeps clients from keys that begin with {@code .stowage/}. */
    static final String INTERNAL = ".stowage/azure/";

    private static final int MAX_LENGTH = 1024;

    /** A character that no name of a key has. */
    static final char UNUSED = '\uD7FF';

    /** The first character that is escaped, and the one that escapes begin with; it is not assigned. */
    private static final char LEAD = '\uD7FE';

    /** Digits are Hangul syllables, of which there are enough in one block. */
    private static final char ZERO = '\uAC00';

    private static final int DIGIT_BITS = 11;
    private static final int MAX_DIGIT = (1 << DIGIT_BITS) - 1;

    private BlobNames() {}

    /** Returns the name of a key. @throws InvalidInput when it is too long */
    static String of(ObjectKey key) {
        String name = encode(key.value());
        if (name.length() > MAX_LENGTH) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key is too long for the store, in which brackets and backslashes count twice",
                    Map.of("key", key.value(), "reason", "too_long"));
        }
        return name;
    }

    /** Returns the beginning of the names of all keys that begin with {@code text}. */
    static String encode(String text) {
        StringBuilder name = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '[' || c == '\\') {
                name.append('[').append(c == '[' ? '0' : '1');
            } else if (c < LEAD) {
                name.append((char) c);
            } else {
                int number = c - LEAD;
                name.append(LEAD).append((char) (ZERO + (number >> DIGIT_BITS))).append((char)
                        (ZERO + (number & MAX_DIGIT)));
            }
        });
        return name.toString();
    }

    /** Returns the text with this name; empty for a name that {@link #encode} does not return, which another client wrote. */
    static Optional<String> decode(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '[' && i + 1 < name.length()) {
                text.append(name.charAt(++i) == '0' ? '[' : '\\');
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
}
