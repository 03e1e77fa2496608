package dev.stowage.s3.awssdk;

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

    private final OffHeapBytes bytes;
    private final String etag;
    private final Instant modified;
    private final Described described;

    MemoryObject(OffHeapBytes bytes, String etag, Instant modified, Described described) {
        this.bytes = bytes;
        this.etag = etag;
        this.modified = modified;
        this.described = described;
    }

    static MemoryObject of(OffHeapBytes bytes, Described described) {
        return new MemoryObject(bytes, HexFormat.of().formatHex(md5(bytes)), now(), described);
    }

    MemoryObject copy() {
        return new MemoryObject(bytes, etag, now(), described);
    }

    long size() {
        return bytes.size();
    }

    String etag() {
        return etag;
    }

    Instant modified() {
        return modified;
    }

    InputStream open(long first, long length) {
        return bytes.open(first, length);
    }

    OffHeapBytes bytes() {
        return bytes;
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
                .contentLength(bytes.size())
                .eTag('"' + etag + '"')
                .lastModified(modified)
                .build();
    }

    GetObjectResponse.Builder get() {
        return described.get().eTag('"' + etag + '"').lastModified(modified);
    }

    static byte[] md5(OffHeapBytes bytes) {
        MessageDigest digest = md5();
        bytes.update(digest);
        return digest.digest();
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
