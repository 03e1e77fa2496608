package dev.stowage.core.port.service;

import dev.stowage.core.config.Secret;

/** A slow hash function for passwords that people choose. Safe for concurrent use. */
public interface PasswordHash {

    /** The maximum length of a password in bytes of UTF-8. */
    int MAX_BYTES = 72;

    /**
     * Returns the hash of a password, with its salt and parameters.
     *
     * @param password 1 to {@link #MAX_BYTES} bytes
     */
    Secret hash(Secret password);

    /** Whether a hash is that of the password. A password that is too long never matches. */
    boolean matches(Secret password, Secret hash);
}
