package dev.stowage.testkit;

import dev.stowage.core.config.Secret;
import dev.stowage.core.port.service.PasswordHash;

/** Passwords that are not hashed, for tests that should not take long. */
public final class PlainPasswords implements PasswordHash {

    @Override
    public Secret hash(Secret password) {
        return new Secret("plain " + password.value());
    }

    @Override
    public boolean matches(Secret password, Secret hash) {
        return hash(password).value().equals(hash.value());
    }
}
