package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.security.SecureRandom;

/** The tokens in URLs that work without other credentials: 160 random bits in base 32. */
public final class AccessToken {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 32;
    private static final int ID_LENGTH = 12;

    private AccessToken() {}

    /** Returns a new token. */
    public static Secret random() {
        return new Secret(text(LENGTH));
    }

    /** Returns a new id for what a token leads to: 12 characters, not secret. */
    public static String id() {
        return text(ID_LENGTH);
    }

    /** Returns what is stored of a token, by which it is found. It needs no salt, as the token can't be guessed. */
    public static String digest(Secret token) {
        return SecretDigest.of("", token).digest();
    }

    /** Returns random characters of {@code a-z 2-7}, with 5 bits each. */
    public static String text(int length) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
