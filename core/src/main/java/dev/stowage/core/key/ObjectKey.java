package dev.stowage.core.key;

import java.util.List;

/**
 * The name of an object that can be named in a request: 1 to 1024 bytes of UTF-8 without control characters, unpaired surrogates and the
 * segments {@code .} and {@code ..}.
 *
 * <p>Other clients of a bucket give their objects names that this service would not: with empty segments ({@code a//b}), a slash at an
 * end, or text that is not in Unicode NFC. Such keys are read, copied from and deleted like any other; two keys are the same when their
 * text is, and nothing is normalized. What a key must be to be written is for {@link KeyLayout#check(ObjectKey)} to decide.
 *
 * <p>Keys sort by their UTF-8 bytes, as S3 lists them.
 *
 * @param value the key as text
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The most bytes of UTF-8 a key may have. */
    public static final int MAX_BYTES = KeyRules.MAX_BYTES;

    /** @throws dev.stowage.core.error.InvalidInput when the text can't be a key; {@code detail.reason} says why */
    public ObjectKey {
        if (value.isEmpty()) {
            throw KeyRules.invalid("empty", "is empty");
        }
        KeyRules.checkCharacters(value);
        int start = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', start)) {
            KeyRules.checkSegment(value.substring(start, slash));
            start = slash + 1;
        }
        KeyRules.checkSegment(value.substring(start));
    }

    /** The segments between the slashes, at least one; any of them may be empty. */
    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /** The last segment: what a person would call the file's name. Empty when the key ends in a slash. */
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
