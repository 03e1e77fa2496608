package dev.stowage.s3.awssdk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An object or a part. */
final class MemoryObject {

    private final byte[] bytes;
    private final String etag;
    private final Instant modified;
    private final Described described;

    MemoryObject(byte[] bytes, String etag, Instant modified, Described described) {
        this.bytes = bytes;
        this.etag = etag;
        this.modified = modified;
        this.described = described;
    }

    static MemoryObject of(byte[] bytes, Described described) {
        return new MemoryObject(bytes, HexFormat.of().formatHex(md5(bytes)), now(), described);
    }

    MemoryObject copy() {
        return new MemoryObject(bytes, etag, now(), described);
    }

    int size() {
        return bytes.length;
    }

    String etag() {
        return etag;
    }

    Instant modified() {
        return modified;
    }

    InputStream open(int first, int length) {
        return new ByteArrayInputStream(bytes, first, length);
    }

    void appendTo(ByteArrayOutputStream out, ByteArrayOutputStream digests) {
        out.writeBytes(bytes);
        digests.writeBytes(md5(bytes));
    }

    MemoryObject copy(Described other) {
        return new MemoryObject(bytes, etag, now(), other);
    }

    boolean has(String maybeQuotedTag) {
        return etag.equals(maybeQuotedTag.replace("\"", ""));
    }

    HeadObjectResponse head() {
        return described
                .head()
                .contentLength((long) bytes.length)
                .eTag('"' + etag + '"')
                .lastModified(modified)
                .build();
    }

    GetObjectResponse.Builder get() {
        return described.get().eTag('"' + etag + '"').lastModified(modified);
    }

    static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
