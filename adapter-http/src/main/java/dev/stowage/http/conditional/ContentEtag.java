package dev.stowage.http.conditional;

import dev.stowage.core.object.Etag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ETag of a resource that is not a file: the digest of its bytes, so that it is the same on all nodes and after a restart. */
public final class ContentEtag {

    private ContentEtag() {}

    /** Returns a strong ETag: different bytes have different ones. */
    public static Etag of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Etag(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
