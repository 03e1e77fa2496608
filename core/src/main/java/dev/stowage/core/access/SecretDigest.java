package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of a secret: a salted SHA-256. The secrets have 256 random bits, which can't be guessed, so a slow hash function would
 * add nothing (<a href="https://pages.nist.gov/800-63-3/sp800-63b.html#lookupsecrets">NIST SP 800-63B, 5.1.2.2</a>).
 *
 * @param salt random, as hexadecimal digits
 * @param digest of the salt and the secret, as hexadecimal digits
 */
public record SecretDigest(String salt, String digest) {

    /** Returns the digest of a secret. */
    public static SecretDigest of(String salt, Secret secret) {
        return new SecretDigest(salt, HexFormat.of().formatHex(hash(salt, secret)));
    }

    /** Whether it is the digest of {@code secret}; the time does not depend on how much of it is right. */
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
