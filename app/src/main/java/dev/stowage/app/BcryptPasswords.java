package dev.stowage.app;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.service.PasswordHash;
import java.nio.charset.StandardCharsets;

/**
 * Passwords by bcrypt, which unlike Argon2id needs no memory worth limiting. The cost is what the
 * <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP cheat sheet</a> asks for at least.
 */
final class BcryptPasswords implements PasswordHash {

    private static final int COST = 10;

    @Override
    public Secret hash(Secret password) {
        byte[] hash = BCrypt.withDefaults().hash(COST, password.value().getBytes(StandardCharsets.UTF_8));
        return new Secret(new String(hash, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean matches(Secret password, Secret hash) {
        byte[] bytes = password.value().getBytes(StandardCharsets.UTF_8);
        return bytes.length > 0
                && bytes.length <= MAX_BYTES
                && BCrypt.verifyer().verify(bytes, hash.value().getBytes(StandardCharsets.US_ASCII)).verified;
    }
}
