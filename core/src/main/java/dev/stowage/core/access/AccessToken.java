package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.security.SecureRandom;

/** The tokens in URLs that work without other credentials: 160 random bits in base 32. */
public final class AccessToken {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 32;

    private AccessToken() {}

    /** Returns a new token. */
    public static Secret random() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }

    /** Returns what is stored of a token, by which it is found. It needs no salt, as the token can't be guessed. */
    public static String digest(Secret token) {
        return SecretDigest.of("", token).digest();
    }
}
