package dev.stowage.testkit;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;

/** An object, or a part of one, in memory. Immutable: its array is its own. */
final class StoredObject {

    private final byte[] bytes;
    private final Etag etag;
    private final Instant lastModified;
    private final ObjectAttributes attributes;

    /** @param bytes not changed by anybody from now on */
    StoredObject(byte[] bytes, Etag etag, Instant lastModified, ObjectAttributes attributes) {
        this.bytes = bytes;
        this.etag = etag;
        this.lastModified = lastModified;
        this.attributes = attributes;
    }

    /** The MD5 of {@code bytes}, as S3 tags what was stored in one go. */
    static Etag etagOf(byte[] bytes) {
        ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
        md5.update(bytes, 0, bytes.length);
        return new Etag(HexFormat.of().formatHex(md5.finish()));
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

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, bytes.length, etag, lastModified, attributes);
    }

    /** The same bytes under the same tag, as another object. */
    StoredObject copy(Instant time, ObjectAttributes replacement) {
        return new StoredObject(bytes, etag, time, replacement);
    }

    InputStream stream(ByteSpan span) {
        return new LentStream(bytes, span);
    }

    void appendTo(ByteArrayOutputStream target) {
        target.writeBytes(bytes);
    }
}
