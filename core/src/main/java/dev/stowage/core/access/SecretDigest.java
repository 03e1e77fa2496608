package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a secret: a salted SHA-256. The secrets are 256 bits of chance, which no guessing finds, so that there is nothing for a
 * slow function to slow down (<a href="https://pages.nist.gov/800-63-3/sp800-63b.html#lookupsecrets">NIST SP 800-63B, 5.1.2.2</a>).
 *
 * @param salt chosen by chance, as hexadecimal digits
 * @param digest of the salt and the secret, as hexadecimal digits
 */
public record SecretDigest(String salt, String digest) {

    /** That of a secret. */
    public static SecretDigest of(String salt, Secret secret) {
        return new SecretDigest(salt, HexFormat.of().formatHex(hash(salt, secret)));
    }

    /** Whether it is that of {@code secret}; takes as long however much of it is right. */
    public boolean matches(Secret secret) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().formatHex(hash(salt, secret)).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "SecretDigest[***]";
    }

    private static byte[] hash(String salt, Secret secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt.getBytes(StandardCharsets.US_ASCII));
            return sha256.digest(secret.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
