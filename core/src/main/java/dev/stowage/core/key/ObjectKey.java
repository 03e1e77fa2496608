package dev.stowage.core.key;

import java.util.List;

/**
 * The key of an object that can be named in a request: 1 to 1024 bytes of UTF-8 without control characters, unpaired surrogates and the
 * segments {@code .} and {@code ..}.
 *
 * <p>Other clients of a bucket may write keys that this service would not: with empty segments ({@code a//b}), a slash at the beginning or
 * the end, or text that is not in Unicode NFC. Such keys can be read, copied from and deleted like any other. Two keys are equal if their
 * texts are equal; nothing is normalized. {@link KeyLayout#check(ObjectKey)} decides which keys can be written.
 *
 * <p>Keys are ordered by their UTF-8 bytes, as S3 lists them.
 *
 * @param value the key as text
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The maximum size of a key in bytes of UTF-8. */
    public static final int MAX_BYTES = KeyRules.MAX_BYTES;

    /** @throws dev.stowage.core.error.InvalidInput when the text is not a valid key; {@code detail.reason} says why */
    public ObjectKey {
        if (value.isEmpty()) {
            throw KeyRules.invalid("key", "empty", "is empty");
        }
        KeyRules.checkCharacters("key", value);
        int start = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
            KeyRules.checkSegment("key", value.substring(start, slash));
            start = slash + 1;
        }
        KeyRules.checkSegment("key", value.substring(start));
    }

    /** Returns the segments between the slashes, at least one; any of them may be empty. */
    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /** Returns the last segment, which is the file's name for people. Empty when the key ends with a slash. */
    public String filename() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this is the key of a folder marker: it ends with a slash. */
    public boolean isFolder() {
        return value.endsWith("/");
    }

    /** Returns the key as it is written in a path: percent-encoded (RFC 3986), except for unreserved characters and slashes. */
    public String encoded() {
        return PercentEncoding.encodePath(value);
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
