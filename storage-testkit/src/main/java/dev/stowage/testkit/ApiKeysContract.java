package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of API keys. */
public abstract class ApiKeysContract {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final SecretDigest DIGEST = SecretDigest.of("00", new Secret("one"));

    private ApiKeys keys = new InMemoryKeys();

    /** Opens an empty record. */
    protected abstract ApiKeys open();

    /** Closes the record and opens it again. */
    protected abstract ApiKeys reopen();

    @BeforeEach
    final void openRecord() {
        keys = open();
    }

    @Test
    void add_storesAllFields() {
        Rights rights = new Rights(
                Set.of(new Scope.Project("p1"), new Scope.Under(new KeyPrefix("raw/ü =x/")), new Scope.Everything()),
                Set.of(Action.READ, Action.METRICS));
        StoredKey key = new StoredKey(
                new ApiKey(
                        "aaaaaaaaaaaa",
                        "ci = \"x\" ü",
                        rights,
                        NOW,
                        Optional.of(NOW.plus(Duration.ofDays(90))),
                        Optional.empty(),
                        Optional.empty(),
                        true),
                DIGEST,
                Optional.of(new StoredKey.Retiring(SecretDigest.of("01", new Secret("old")), NOW)));

        keys.add(key);

        assertThat(reopen().find("aaaaaaaaaaaa")).contains(key);
        assertThat(keys.find("bbbbbbbbbbbb")).isEmpty();
    }

    @Test
    void all_isInOrderOfCreation() {
        keys.add(key("bbbbbbbbbbbb", NOW));
        keys.add(key("aaaaaaaaaaaa", NOW.plusSeconds(1)));
        keys.add(key("aaaaaaaaaaab", NOW.minusSeconds(1)));

        assertThat(keys.all())
                .extracting(stored -> stored.key().id())
                .containsExactly("aaaaaaaaaaab", "bbbbbbbbbbbb", "aaaaaaaaaaaa");
    }

    @Test
    void replace_keepsTheLastUse_andOfAnUnknownKeyDoesNothing() {
        keys.add(key("aaaaaaaaaaaa", NOW));
        keys.used(Map.of("aaaaaaaaaaaa", NOW));

        keys.replace(key("aaaaaaaaaaaa", NOW).revoked(NOW.plusSeconds(5)));
        keys.replace(key("bbbbbbbbbbbb", NOW));

        ApiKey replaced = reopen().find("aaaaaaaaaaaa").orElseThrow().key();
        assertThat(replaced.revokedAt()).contains(NOW.plusSeconds(5));
        assertThat(replaced.usedAt()).contains(NOW);
        assertThat(keys.all()).hasSize(1);
    }

    @Test
    void version_growsWithEachChangeButNotWithUse() {
        long first = keys.version();
        keys.add(key("aaaaaaaaaaaa", NOW));
        long second = keys.version();
        keys.replace(key("aaaaaaaaaaaa", NOW).revoked(NOW));
        long third = keys.version();
        keys.used(Map.of("aaaaaaaaaaaa", NOW));

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(keys.version()).isEqualTo(third);
    }

    @Test
    void used_neverGoesBack_andOfAnUnknownKeyDoesNothing() {
        keys.add(key("aaaaaaaaaaaa", NOW));

        keys.used(Map.of("aaaaaaaaaaaa", NOW.plusSeconds(60), "bbbbbbbbbbbb", NOW));
        keys.used(Map.of("aaaaaaaaaaaa", NOW));
        keys.used(Map.of());

        assertThat(keys.find("aaaaaaaaaaaa").orElseThrow().key().usedAt()).contains(NOW.plusSeconds(60));
        assertThat(keys.all()).hasSize(1);
    }

    private static StoredKey key(String id, Instant createdAt) {
        ApiKey key =
                new ApiKey(id, "k", Rights.ALL, createdAt, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return StoredKey.of(key, DIGEST);
    }
}
