package dev.stowage.core.key;

import java.util.List;

/**
 * The name of an object: 1 to 1024 bytes of UTF-8 in NFC, made of non-empty segments joined by {@code /}.
 *
 * <p>Whatever holds an {@code ObjectKey} holds a valid one. Keys sort by their UTF-8 bytes, as S3 lists them. A key need not
 * fit the {@link KeyLayout}; that is asked of keys that are written.
 *
 * @param value the key as text
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The most bytes of UTF-8 a key may have. */
    public static final int MAX_BYTES = KeyRules.MAX_BYTES;

    /** @throws dev.stowage.core.error.InvalidInput when the text breaks a rule; {@code detail.reason} says which */
    public ObjectKey {
        if (value.isEmpty()) {
            throw KeyRules.invalid("empty", "is empty");
        }
        KeyRules.checkCharacters(value);
        if (value.charAt(0) == '/') {
            throw KeyRules.invalid("leading_slash", "begins with a slash");
        }
        if (value.charAt(value.length() - 1) == '/') {
            throw KeyRules.invalid("trailing_slash", "ends with a slash");
        }
        int start = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
            KeyRules.checkSegment(value.substring(start, slash));
            start = slash + 1;
        }
        KeyRules.checkSegment(value.substring(start));
    }

    /** The segments between the slashes, at least one. */
    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /** The last segment: what a person would call the file's name. */
    public String filename() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return Utf8Order.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
