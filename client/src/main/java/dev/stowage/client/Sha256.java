package dev.stowage.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256, which every JDK has. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] of(byte[] bytes, int from, int length) {
        MessageDigest digest = begin();
        digest.update(bytes, from, length);
        return digest.digest();
    }

    /** Returns an id for texts, of which none contains U+0000: 64 hexadecimal digits. */
    static String id(List<String> texts) {
        byte[] bytes = UrlText.utf8(String.join("\0", texts));
        return UrlText.hex(of(bytes, 0, bytes.length));
    }
}
