package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Secret;
import dev.stowage.core.port.service.PasswordHash;
import org.junit.jupiter.api.Test;

final class BcryptPasswordsTest {

    private final PasswordHash passwords = new BcryptPasswords();

    @Test
    void hash_isSalted_andMatchesItsPasswordOnly() {
        Secret password = new Secret("ü".repeat(PasswordHash.MAX_BYTES / 2));

        Secret hash = passwords.hash(password);

        assertThat(hash.value())
                .startsWith("$2a$10$")
                .isNotEqualTo(passwords.hash(password).value());
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(new Secret("ü"), hash)).isFalse();
        assertThat(passwords.matches(new Secret(password.value() + "x"), hash)).isFalse();
        assertThat(passwords.matches(new Secret(""), hash)).isFalse();
    }
}
