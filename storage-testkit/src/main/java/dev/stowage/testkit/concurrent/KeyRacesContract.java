package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every record of API keys and principals that processes share: no change is lost, caches notice each one, and a revoked
 * key stays revoked.
 */
public abstract class KeyRacesContract extends SharedRecordContract {

    private static final SecretDigest FIRST = SecretDigest.of("00", new Secret("one"));
    private static final SecretDigest SECOND = SecretDigest.of("01", new Secret("two"));
    private static final SecretDigest THIRD = SecretDigest.of("02", new Secret("three"));

    @Test
    void version_countsTheChangesOfAll() throws Exception {
        mine.keys().add(key(0));
        long before = mine.keys().version();
        int each = record.rounds();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    for (int round = 0; round < each; round++) {
                        if (i < 2) {
                            process(i).add(key(1 + i + 2 * round));
                        } else {
                            process(i).replace(key(0).rotated(SECOND, NOW.plusSeconds(round)));
                        }
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertThat(mine.keys().version()).isGreaterThanOrEqualTo(before + 4L * each);
        assertThat(mine.keys().all()).hasSize(1 + 2 * each);
    }

    @Test
    void version_isNeverAheadOfTheKeys() throws Exception {
        long before = mine.keys().version();
        int each = record.rounds();

        List<Boolean> results = race(
                () -> {
                    for (int round = 0; round < each; round++) {
                        mine.keys().add(key(round));
                    }
                    return true;
                },
                () -> {
                    boolean whole = true;
                    for (int look = 0; look < 5 * each; look++) {
                        long version = other.keys().version();
                        whole &= other.keys().all().size() >= version - before;
                    }
                    return whole;
                });

        assertThat(results).containsOnly(true);
        // The keys can be counted by the version only when it grows by one with each.
        assertThat(mine.keys().version()).isEqualTo(before + each);
    }

    @Test
    void change_isSeenByItsVersion_inTheOtherProcess() throws Exception {
        StoredKey key = key(0);
        mine.keys().add(key);
        for (int round = 0; round < record.rounds(); round++) {
            long before = other.keys().version();
            mine.keys().replace(key.rotated(SECOND, NOW.plusSeconds(round)));

            assertThat(other.keys().version()).isGreaterThan(before);
            assertThat(other.keys().find(key.key().id())).contains(key.rotated(SECOND, NOW.plusSeconds(round)));
        }
    }

    @Test
    void rotationsByTwo_leaveTheKeyOfOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            StoredKey key = key(round);
            mine.keys().add(key);
            StoredKey one = key.rotated(SECOND, NOW.plusSeconds(1));
            StoredKey two = key.rotated(THIRD, NOW.plusSeconds(2));

            race(() -> replace(mine.keys(), one), () -> replace(other.keys(), two));

            assertThat(mine.keys().find(key.key().id()).orElseThrow()).isIn(one, two);
        }
    }

    @Test
    void revocation_againstARotation_holds() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            StoredKey key = key(round);
            mine.keys().add(key);

            race(
                    () -> replace(mine.keys(), key.revoked(NOW)),
                    () -> replace(other.keys(), key.rotated(SECOND, NOW.plusSeconds(100))));

            StoredKey now = other.keys().find(key.key().id()).orElseThrow();
            assertThat(now.key().revokedAt()).contains(NOW);
            assertThat(now.admits(new Secret("one"), NOW)).isFalse();
            assertThat(now.admits(new Secret("two"), NOW)).isFalse();
        }
    }

    @Test
    void revokedKey_keepsTheTimeOfItsRevocation() {
        StoredKey key = key(0);
        mine.keys().add(key);
        mine.keys().replace(key.revoked(NOW));

        other.keys().replace(key.rotated(SECOND, NOW.plusSeconds(100)));
        assertThat(mine.keys().find(key.key().id()).orElseThrow().key().revokedAt())
                .contains(NOW);
        other.keys().replace(key.revoked(NOW.plusSeconds(5)));
        assertThat(mine.keys().find(key.key().id()).orElseThrow().key().revokedAt())
                .contains(NOW);
    }

    @Test
    void uses_areKept_theLatestOfAll_alsoDuringChanges() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            StoredKey one = key(2 * round);
            StoredKey two = key(2 * round + 1);
            mine.keys().add(one);
            mine.keys().add(two);
            Map<String, Instant> first =
                    Map.of(one.key().id(), NOW.plusSeconds(5), two.key().id(), NOW.plusSeconds(6));
            Map<String, Instant> second =
                    Map.of(two.key().id(), NOW.plusSeconds(7), one.key().id(), NOW.plusSeconds(4));

            race(
                    () -> used(mine.keys(), first),
                    () -> used(other.keys(), second),
                    () -> replace(other.keys(), one.rotated(SECOND, NOW)));

            StoredKey now = mine.keys().find(one.key().id()).orElseThrow();
            assertThat(now.digest()).isEqualTo(SECOND);
            assertThat(now.key().usedAt()).contains(NOW.plusSeconds(5));
            assertThat(mine.keys().find(two.key().id()).orElseThrow().key().usedAt())
                    .contains(NOW.plusSeconds(7));
        }
    }

    @Test
    void principalNotedByTwo_isThatOfOne() throws Exception {
        Rights read = new Rights(Set.of(new Scope.Project("p")), Set.of(Action.READ));
        for (int round = 0; round < record.rounds(); round++) {
            Principal one = Principal.of("jwt:" + round, "Ada", read);
            Principal two = Principal.of("jwt:" + round, "Grace", Rights.ALL);

            race(() -> note(mine, one), () -> note(other, two), () -> note(other, one));

            assertThat(mine.principals().find("jwt:" + round).orElseThrow()).isIn(one, two);
            note(other, two);
            assertThat(mine.principals().find("jwt:" + round)).contains(two);
        }
    }

    private ApiKeys process(int racer) {
        return racer % 2 == 0 ? mine.keys() : other.keys();
    }

    private static boolean replace(ApiKeys keys, StoredKey key) {
        keys.replace(key);
        return true;
    }

    private static boolean used(ApiKeys keys, Map<String, Instant> uses) {
        keys.used(uses);
        return true;
    }

    private static boolean note(SharedRecord.Member member, Principal principal) {
        member.principals().note(principal, NOW);
        return true;
    }

    private static StoredKey key(int number) {
        String id = String.format(Locale.ROOT, "%012d", number);
        ApiKey key = new ApiKey(id, "k", Rights.ALL, NOW, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return StoredKey.of(key, FIRST);
    }
}
