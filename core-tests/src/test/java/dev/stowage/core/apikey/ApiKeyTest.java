package dev.stowage.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.testkit.InMemoryKeys;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {

    private static final Rights RIGHTS = new Rights(Set.of(new Scope.Project("p1")), Set.of(Action.READ));
    /** Longer than the authenticator uses its keys in memory without checking the record. */
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final TestClock clock = new TestClock();
    private final InMemoryKeys keys = new InMemoryKeys();
    private final Optional<S3Secrets> s3Secrets =
            Optional.of(new S3Secrets(new Secret("0123456789abcdef0123456789abcdef")));
    private final CreateKey create = new CreateKey(keys, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), s3Secrets, clock);
    private final KeyAuthenticator authenticator = new KeyAuthenticator(keys, s3Secrets, clock);
    private final ApiKeyManagement management = new ApiKeyManagement(
            keys,
            KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE),
            new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE),
            s3Secrets,
            clock);

    @Test
    void newKey_authenticatesWithItsRights_andOnlyItsDigestIsStored() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);

        Principal principal = authenticator.authenticate(made.text()).orElseThrow();
        assertThat(principal).isEqualTo(Principal.of("key:" + made.key().id(), "ci", RIGHTS));
        assertThat(authenticator.find("key:" + made.key().id())).contains(principal);
        assertThat(made.text().value()).matches("stw_[a-z0-9]{12}_[a-z2-7]{52}");
        assertThat(made.toString() + keys.all()).doesNotContain(secret(made));
    }

    @Test
    void wrongKey_isNotAccepted() {
        String text =
                create.create("ci", RIGHTS, Optional.empty(), false).text().value();
        char last = text.charAt(text.length() - 1);
        String wrongEnd = text.substring(0, text.length() - 1) + (last == 'a' ? 'b' : 'a');

        for (String wrong : List.of(
                "",
                "stw_",
                wrongEnd,
                text + "a",
                text.toUpperCase(Locale.ROOT),
                text.substring(1),
                " " + text,
                text.replace("stw_", "stx_"),
                text.substring(0, 17) + "a".repeat(52))) {
            assertThat(authenticator.authenticate(new Secret(wrong))).as(wrong).isEmpty();
        }
    }

    @Test
    void keyCreatedWhileTheServiceRuns_isValidShortlyAfter() {
        assertThat(authenticator.find("key:none")).isEmpty();
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        clock.advance(MOMENT);

        assertThat(authenticator.authenticate(made.text())).isPresent();
    }

    @Test
    void lifetime_isWhole_whenTheSecondHasBegun() {
        clock.advance(Duration.ofMillis(900));
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.of(Duration.ofSeconds(1)), false);
        clock.advance(Duration.ofMillis(999));

        assertThat(authenticator.authenticate(made.text())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(authenticator.authenticate(made.text())).isEmpty();
    }

    @Test
    void changeByThisProcess_takesEffectAtOnce() {
        AccessControl control = new AccessControl(keys, new NoPrincipals(), s3Secrets, clock);
        Authenticator at = control.keyAuthenticator();
        ApiKeyManagement changes = new ApiKeyManagement(
                control.keys(),
                KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE),
                new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE),
                s3Secrets,
                clock);
        assertThat(control.principals().find("key:none")).isEmpty();

        ApiKeyManagement.NewKey made = changes.create(Principal.ANYONE, "ci", RIGHTS, Optional.empty(), false);
        assertThat(at.authenticate(made.text())).isPresent();

        ApiKeyManagement.NewKey rotated =
                changes.rotate(Principal.ANYONE, made.key().id(), Duration.ZERO);
        assertThat(at.authenticate(made.text())).isEmpty();
        assertThat(at.authenticate(rotated.text())).isPresent();

        assertThat(changes.revoke(Principal.ANYONE, made.key().id()).revokedAt())
                .isPresent();
        assertThat(at.authenticate(rotated.text())).isEmpty();
    }

    @Test
    void keyCreatedWhileAnotherRequestReadsTheKeys_isValid() throws Exception {
        ApiKeyManagement.NewKey known = create.create("known", RIGHTS, Optional.empty(), false);
        ToggledKeys toggled = new ToggledKeys(keys);
        KeyAuthenticator onToggled = new KeyAuthenticator(toggled, s3Secrets, clock);
        assertThat(onToggled.authenticate(known.text())).isPresent();
        clock.advance(MOMENT);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        toggled.afterVersion = () -> {
            toggled.afterVersion = () -> {};
            reading.countDown();
            await(release);
        };
        CompletableFuture<Optional<Principal>> first =
                CompletableFuture.supplyAsync(() -> onToggled.authenticate(known.text()));
        await(reading);
        clock.advance(MOMENT);
        ApiKeyManagement.NewKey made = create.create("made", RIGHTS, Optional.empty(), false);
        CompletableFuture<Optional<Principal>> second =
                CompletableFuture.supplyAsync(() -> onToggled.authenticate(made.text()));

        assertThat(onToggled.authenticate(known.text())).isPresent();
        release.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isPresent();
        assertThat(second.get(10, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void expiredKey_isNotAccepted() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.of(Duration.ofDays(90)), false);
        assertThat(authenticator.authenticate(made.text())).isPresent();

        clock.advance(Duration.ofDays(90));

        assertThat(authenticator.authenticate(made.text())).isEmpty();
        assertThat(authenticator.find("key:" + made.key().id())).isEmpty();
    }

    @Test
    void revokedKey_isNotAccepted_andItsJobsHaveNoRights() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        assertThat(authenticator.authenticate(made.text())).isPresent();

        ApiKey revoked = management.revoke(Principal.ANYONE, made.key().id());
        clock.advance(MOMENT);

        assertThat(revoked.revokedAt()).isPresent();
        assertThat(authenticator.authenticate(made.text())).isEmpty();
        assertThat(authenticator.find("key:" + made.key().id())).isEmpty();
    }

    @Test
    void rotate_keepsTheId_andTheOldSecretOnlyForTheOverlap() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        ApiKeyManagement.NewKey rotated =
                management.rotate(Principal.ANYONE, made.key().id(), Duration.ofHours(1));
        clock.advance(MOMENT);

        assertThat(rotated.key().id()).isEqualTo(made.key().id());
        assertThat(authenticator.authenticate(made.text())).isPresent();
        assertThat(authenticator.authenticate(rotated.text())).isPresent();
        clock.advance(Duration.ofHours(1));
        assertThat(authenticator.authenticate(made.text())).isEmpty();
        assertThat(authenticator.authenticate(rotated.text())).isPresent();
    }

    @Test
    void rotate_ofARevokedKey_isRejected() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        ApiKey revoked = management.revoke(Principal.ANYONE, made.key().id());

        assertThatThrownBy(() -> management.rotate(Principal.ANYONE, revoked.id(), Duration.ZERO))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> management.revoke(Principal.ANYONE, "aaaaaaaaaaaa"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void lastUse_isRecordedToTheMinute_periodically() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        assertThat(authenticator.authenticate(made.text())).isPresent();
        assertThat(used()).isEmpty();

        clock.advance(Duration.ofMinutes(2));
        assertThat(authenticator.find("key:none")).isEmpty();
        assertThat(used()).isPresent();
        authenticator.close();
        assertThat(used()).isPresent();
    }

    @Test
    void keysInMemory_remainValidForHalfAMinute_whileTheRecordIsUnavailable() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), false);
        ToggledKeys toggled = new ToggledKeys(keys);
        KeyAuthenticator onToggled = new KeyAuthenticator(toggled, s3Secrets, clock);
        assertThat(onToggled.authenticate(made.text())).isPresent();

        toggled.away = true;
        clock.advance(Duration.ofSeconds(29));
        assertThat(onToggled.authenticate(made.text())).isPresent();
        ApiKeyManagement.NewKey later = create.create("later", RIGHTS, Optional.empty(), false);
        assertThatThrownBy(() -> onToggled.authenticate(later.text())).isInstanceOf(StorageUnavailable.class);
        clock.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> onToggled.authenticate(made.text())).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void s3KeyPair_authenticatesWithTheRightsOfItsKey_andItsSecretIsNotStored() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), true);
        Secret secret = made.s3Secret().orElseThrow();

        assertThat(signedWith(secret)).contains(made.key().principal());
        assertThat(made.s3AccessKeyId()).contains(made.key().id());
        assertThat(secret.value()).matches("[0-9a-f]{40}");
        assertThat(made.toString() + keys.all()).doesNotContain(secret.value());
        assertThat(signedWith(new Secret("0".repeat(40)))).isEmpty();
        authenticator.close();
        assertThat(used()).isPresent();
    }

    @Test
    void s3KeyPair_dependsOnTheMasterSecret() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), true);
        Optional<S3Secrets> others = Optional.of(new S3Secrets(new Secret("f".repeat(S3Secrets.MIN_LENGTH))));

        for (Optional<S3Secrets> other : List.of(others, Optional.<S3Secrets>empty())) {
            assertThat(new KeyAuthenticator(keys, other, clock)
                            .authenticate(made.key().id(), made.s3Secret().orElseThrow()::equals))
                    .isEmpty();
        }
    }

    @Test
    void s3KeyPair_thatDoesNotExist_isComparedLikeOthers_andNeverAccepted() {
        String withoutPair =
                create.create("ci", RIGHTS, Optional.empty(), false).key().id();
        String revoked =
                create.create("ci", RIGHTS, Optional.empty(), true).key().id();
        ApiKey unused = management.revoke(Principal.ANYONE, revoked);

        for (String id : List.of(withoutPair, revoked, "aaaaaaaaaaaa", "", "x".repeat(10_000))) {
            AtomicInteger compared = new AtomicInteger();
            assertThat(authenticator.authenticate(id, secret -> compared.incrementAndGet() > 0))
                    .as(id)
                    .isEmpty();
            assertThat(compared).hasPositiveValue();
        }
    }

    @Test
    void rotate_givesTheS3KeyPairANewSecret_andKeepsTheOldOneForTheOverlap() {
        ApiKeyManagement.NewKey made = create.create("ci", RIGHTS, Optional.empty(), true);
        ApiKeyManagement.NewKey rotated =
                management.rotate(Principal.ANYONE, made.key().id(), Duration.ofHours(1));
        clock.advance(MOMENT);

        Secret old = made.s3Secret().orElseThrow();
        Secret current = rotated.s3Secret().orElseThrow();
        assertThat(signedWith(old)).isPresent();
        assertThat(signedWith(current)).isPresent();
        clock.advance(Duration.ofHours(1));
        assertThat(signedWith(old)).isEmpty();
        assertThat(signedWith(current)).isPresent();
    }

    @Test
    void s3KeyPair_withoutAMasterSecret_isNotSupported() {
        CreateKey without = new CreateKey(keys, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), Optional.empty(), clock);

        assertThatThrownBy(() -> without.create("ci", RIGHTS, Optional.empty(), true))
                .isInstanceOf(NotSupported.class)
                .hasMessageContaining("S3_API_SECRET");
        assertThat(keys.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "x\u0000"})
    void invalidName_isRejected(String name) {
        assertThatThrownBy(() -> create.create(name, RIGHTS, Optional.empty(), false))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void keyWithoutRights_isRejected() {
        for (Rights none : List.of(
                Rights.NONE,
                new Rights(Set.of(), Set.of(Action.READ)),
                new Rights(Set.of(new Scope.Project("p1")), Set.of()))) {
            assertThatThrownBy(() -> create.create("x", none, Optional.empty(), false))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> new CreateKey(keys, KeyLayout.parse("open"), Optional.empty(), clock)
                        .create("x", RIGHTS, Optional.empty(), false))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("project_id");
        assertThat(keys.all()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Authenticates a request that the first key has signed. */
    private Optional<Principal> signedWith(Secret secret) {
        return authenticator.authenticate(keys.all().get(0).key().id(), secret::equals);
    }

    private Optional<Instant> used() {
        return keys.all().get(0).key().usedAt();
    }

    private static String secret(ApiKeyManagement.NewKey made) {
        return made.text().value().substring(17);
    }

    private static final class NoPrincipals implements PrincipalStore {

        @Override
        public void note(Principal principal, Instant now) {}

        @Override
        public Optional<Principal> find(String id) {
            return Optional.empty();
        }
    }
}
