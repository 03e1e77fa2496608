package dev.stowage.app.remote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short text that stands for others: their SHA-256 digest. */
final class Fingerprint {

    /** In hexadecimal digits. */
    static final int LENGTH = 64;

    private Fingerprint() {}

    /** @param parts of which none contains U+0000 */
    static String of(List<String> parts) {
        return of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
