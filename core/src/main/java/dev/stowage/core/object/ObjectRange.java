package dev.stowage.core.object;

/**
 * A range of bytes of one version of an object.
 *
 * @param object the version, by its key and ETag
 * @param bytes within the object
 */
public record ObjectRange(ObjectInfo object, ByteSpan bytes) {

    /** @throws IllegalArgumentException when the range does not end within the object */
    public ObjectRange {
        if (bytes.offset() + bytes.length() > object.size()) {
            throw new IllegalArgumentException("not within " + object.size() + " bytes: " + bytes);
        }
    }

    /** Whether these are all bytes of the object. */
    public boolean isWhole() {
        return bytes.length() == object.size();
    }
}
