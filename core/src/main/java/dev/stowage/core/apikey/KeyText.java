package dev.stowage.core.apikey;

import dev.stowage.core.access.AccessToken;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.config.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An API key as its holder has it: {@code stw_ID_SECRET}. Both parts consist of letters and digits, so that a double click selects the key,
 * and secret scanners recognize it by its prefix.
 *
 * @param id the public part
 * @param secret 256 random bits in base 32
 */
record KeyText(String id, Secret secret) {

    private static final String MARK = "stw_";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 52;

    /** Returns a new key. */
    static KeyText random() {
        return withSecret(AccessToken.text(ID_LENGTH));
    }

    /** Returns a key with a new secret. */
    static KeyText withSecret(String id) {
        return new KeyText(id, new Secret(AccessToken.text(SECRET_LENGTH)));
    }

    /** Parses a credential. Empty when it does not have the form of a key. */
    static Optional<KeyText> parse(Secret credential) {
        String text = credential.value();
        int end = MARK.length() + ID_LENGTH;
        if (text.length() != end + 1 + SECRET_LENGTH || !text.startsWith(MARK) || text.charAt(end) != '_') {
            return Optional.empty();
        }
        String id = text.substring(MARK.length(), end);
        return ApiKey.isId(id) ? Optional.of(new KeyText(id, new Secret(text.substring(end + 1)))) : Optional.empty();
    }

    /** Returns the whole key. */
    Secret whole() {
        return new Secret(MARK + id + "_" + secret.value());
    }

    /** Returns a new salt, as hexadecimal digits. */
    static String salt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
