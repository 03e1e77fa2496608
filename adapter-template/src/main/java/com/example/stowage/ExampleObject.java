package com.example.stowage;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.UUID;

/**
 * One version of an object, or a part. The bytes are never changed.
 *
 * @param etag differs for any two versions
 */
record ExampleObject(byte[] bytes, Etag etag, Instant lastModified, ObjectAttributes attributes) {

    /** A new version, with an ETag of its own. */
    static ExampleObject of(byte[] bytes, Instant time, ObjectAttributes attributes) {
        return new ExampleObject(bytes, new Etag(UUID.randomUUID().toString()), time, attributes);
    }

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, bytes.length, etag, lastModified, attributes);
    }

    /** A stream that can't be read after it was closed, since readers may keep it by mistake. */
    InputStream stream(ByteSpan span) {
        return new FilterInputStream(new ByteArrayInputStream(bytes, (int) span.offset(), (int) span.length())) {
            @Override
            public void close() throws IOException {
                in = InputStream.nullInputStream();
                in.close();
            }
        };
    }

    ObjectSummary summary(ObjectKey key) {
        return new ObjectSummary(key, bytes.length, etag, lastModified);
    }
}
