package dev.stowage.s3api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Secret;
import org.junit.jupiter.api.Test;

final class RecentKeysTest {

    private final RecentKeys keys = new RecentKeys();
    private final Secret secret = new Secret("one");
    private final CredentialScope scope = new CredentialScope("20260101", "us-east-1");

    @Test
    void key_isKept_onlyOnceItHasVerified() {
        SigningKey first = keys.get(secret, scope);
        assertThat(keys.get(secret, scope)).isNotSameAs(first);

        keys.keep(secret, scope, first);

        assertThat(keys.get(new Secret("one"), new CredentialScope("20260101", "us-east-1")))
                .isSameAs(first);
    }

    @Test
    void key_ofAnotherSecretDayOrRegion_isAnother() {
        SigningKey first = keys.get(secret, scope);
        keys.keep(secret, scope, first);

        for (SigningKey other : new SigningKey[] {
            keys.get(new Secret("two"), scope),
            keys.get(secret, new CredentialScope("20260102", "us-east-1")),
            keys.get(secret, new CredentialScope("20260101", "eu-central-1"))
        }) {
            assertThat(other.sign("text")).isNotEqualTo(first.sign("text"));
        }
    }
}
