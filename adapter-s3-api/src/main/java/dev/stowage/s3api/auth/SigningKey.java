package dev.stowage.s3api.auth;

import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which requests and chunks of one day, region and secret are signed
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature Version 4</a>). Immutable.
 */
public final class SigningKey {

    private static final String HMAC = "HmacSHA256";
    private static final String SECOND_HMAC = "HmacSHA1";

    private final byte[] key;

    private SigningKey(byte[] key) {
        this.key = key;
    }

    /** Returns the key of a day, such as {@code 20260101}, and a region. */
    public static SigningKey of(Secret secret, String date, String region) {
        return derive(secret, new CredentialScope(date, region));
    }

    static SigningKey derive(Secret secret, CredentialScope scope) {
        byte[] key = ("AWS4" + secret.value()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.parts()) {
            key = hmac(key, part);
        }
        return new SigningKey(key);
    }

    /** Returns the signature of a string to sign, in hexadecimal digits. */
    public String sign(String text) {
        return HexFormat.of().formatHex(hmac(key, text));
    }

    /** Whether {@code signature} is that of {@code text}. The time it takes does not depend on how much of it is right. */
    public boolean verifies(String signature, String text) {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether {@code signature} is that of {@code text} in Signature Version 2, in base64. Takes the same time likewise. */
    static boolean verifiesSecond(Secret secret, String signature, String text) {
        byte[] expected = hmac(SECOND_HMAC, secret.value().getBytes(StandardCharsets.UTF_8), text);
        return MessageDigest.isEqual(Base64.getEncoder().encode(expected), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the SHA-256 of the bytes of a text, in hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        return hmac(HMAC, key, text);
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
