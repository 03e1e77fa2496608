package dev.stowage.core.key;

/**
 * A prefix of keys: any text that a key may begin with, including the empty text, and text that ends with a slash or within a segment.
 *
 * @param value the prefix as text, up to 1024 bytes of UTF-8
 */
public record KeyPrefix(String value) {

    /** The prefix of all keys. */
    public static final KeyPrefix ALL = new KeyPrefix("");

    /** @throws dev.stowage.core.error.InvalidInput when no key can begin with it; {@code detail.reason} says why */
    public KeyPrefix {
        KeyRules.checkCharacters("prefix", value);
        int start = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
            KeyRules.checkSegment("prefix", value.substring(start, slash));
            start = slash + 1;
        }
    }

    /** Returns the longest text with which two texts begin. */
    public static String common(String one, String other) {
        int end = 0;
        while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }

    /** Whether {@code key} begins with this prefix. */
    public boolean contains(ObjectKey key) {
        return key.value().startsWith(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
