package dev.stowage.s3.awssdk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An object or a part. */
final class MemoryObject {

    private final byte[] bytes;
    private final String etag;
    private final Instant modified;
    private final @Nullable String contentType;
    private final Map<String, String> metadata;

    MemoryObject(
            byte[] bytes, String etag, Instant modified, @Nullable String contentType, Map<String, String> metadata) {
        this.bytes = bytes;
        this.etag = etag;
        this.modified = modified;
        this.contentType = contentType;
        this.metadata = metadata;
    }

    static MemoryObject of(byte[] bytes, @Nullable String contentType, Map<String, String> metadata) {
        return new MemoryObject(bytes, HexFormat.of().formatHex(md5(bytes)), now(), contentType, metadata);
    }

    MemoryObject copy() {
        return new MemoryObject(bytes, etag, now(), contentType, metadata);
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

    MemoryObject copy(@Nullable String otherType, Map<String, String> otherMetadata) {
        return new MemoryObject(bytes, etag, now(), otherType, otherMetadata);
    }

    boolean has(String maybeQuotedTag) {
        return etag.equals(maybeQuotedTag.replace("\"", ""));
    }

    HeadObjectResponse head() {
        return HeadObjectResponse.builder()
                .contentLength((long) bytes.length)
                .eTag('"' + etag + '"')
                .lastModified(modified)
                .contentType(contentType)
                .metadata(metadata)
                .build();
    }

    GetObjectResponse.Builder get() {
        return GetObjectResponse.builder()
                .eTag('"' + etag + '"')
                .lastModified(modified)
                .contentType(contentType)
                .metadata(metadata);
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
