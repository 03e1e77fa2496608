package dev.stowage.testkit;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** An object or a part in memory. Immutable; it owns its array. */
final class StoredObject {

    private final byte[] bytes;
    private final Etag etag;
    private final Instant lastModified;
    private final ObjectAttributes attributes;
    private final List<Checksum> checksums;

    /**
     * An object without checksums.
     *
     * @param bytes must not be changed afterwards
     */
    StoredObject(byte[] bytes, Etag etag, Instant lastModified, ObjectAttributes attributes) {
        this(bytes, etag, lastModified, attributes, List.of());
    }

    private StoredObject(
            byte[] bytes, Etag etag, Instant lastModified, ObjectAttributes attributes, List<Checksum> checksums) {
        this.checksums = List.copyOf(checksums);
        this.bytes = bytes;
        this.etag = etag;
        this.lastModified = lastModified;
        this.attributes = attributes;
    }

    int size() {
        return bytes.length;
    }

    Etag etag() {
        return etag;
    }

    Instant lastModified() {
        return lastModified;
    }

    ObjectAttributes attributes() {
        return attributes;
    }

    List<Checksum> checksums() {
        return checksums;
    }

    /** Returns the same object with the checksums that it was put with. */
    StoredObject with(List<Checksum> sent) {
        return new StoredObject(bytes, etag, lastModified, attributes, sent);
    }

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, bytes.length, etag, lastModified, attributes);
    }

    /** Returns the same bytes as another object. */
    StoredObject copy(Etag tag, Instant time, ObjectAttributes replacement) {
        return new StoredObject(bytes, tag, time, replacement, checksums);
    }

    InputStream stream(ByteSpan span) {
        return new LentStream(bytes, span);
    }

    void appendTo(ByteArrayOutputStream target) {
        target.writeBytes(bytes);
    }
}
