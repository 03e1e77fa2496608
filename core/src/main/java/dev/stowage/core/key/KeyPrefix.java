package dev.stowage.core.key;

/**
 * What the keys of a listing begin with: any text that a key could begin with, the empty one and one that ends in a slash or
 * within a segment included.
 *
 * @param value the prefix as text, up to 1024 bytes of UTF-8
 */
public record KeyPrefix(String value) {

    /** The prefix of every key. */
    public static final KeyPrefix ALL = new KeyPrefix("");

    /** @throws dev.stowage.core.error.InvalidInput when no key can begin so; {@code detail.reason} says why */
    public KeyPrefix {
        KeyRules.checkCharacters(value);
        int start = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
            KeyRules.checkSegment(value.substring(start, slash));
            start = slash + 1;
        }
    }

    /** Whether {@code key} lies under this prefix. */
    public boolean contains(ObjectKey key) {
        return key.value().startsWith(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
