package dev.stowage.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.TooManyAttempts;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.testkit.InMemoryLinks;
import dev.stowage.testkit.PlainPasswords;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class LinksTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a");
    private static final LinkTarget FOLDER = new LinkTarget.Folder(Action.READ, new KeyPrefix("raw/p1/"));

    private final List<AuditEvent> log = new ArrayList<>();
    private final AccessPolicy policy = new AccessPolicy(LAYOUT, log::add);
    private final TestClock clock = new TestClock();
    private final Map<String, Principal> owners = new HashMap<>();
    private final LinkRecords records = new InMemoryLinks();
    private final Links links = links(Links.Limits.DEFAULT);

    private Links links(Links.Limits limits) {
        return new Links(
                records,
                new PlainPasswords(),
                id -> Optional.ofNullable(owners.get(id)),
                LAYOUT,
                limits,
                policy,
                clock);
    }

    @Test
    void link_actsWithTheRightsOfItsOwner_asTheyAreNow() {
        Principal owner = owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.READ, Action.DELETE));
        Secret token = links.create(owner, link(FOLDER)).token();

        OpenLink open = links.open(token);
        Supplier<Principal> current = links.current(open);
        assertThat(current.get().rights()).isEqualTo(open.bearer().rights());
        assertThat(policy.allows(open.bearer(), Action.READ, KEY)).isTrue();
        assertThat(policy.allows(open.bearer(), Action.DELETE, KEY)).isFalse();
        assertThat(policy.allows(open.bearer(), Action.READ, new ObjectKey("raw/p2/a")))
                .isFalse();

        owner("key:a", Set.of(new Scope.Under(new KeyPrefix("raw/p1/sub/"))), Set.of(Action.READ));
        Principal narrowed = links.open(token).bearer();
        assertThat(policy.allows(narrowed, Action.READ, new ObjectKey("raw/p1/sub/a")))
                .isTrue();
        assertThat(policy.allows(narrowed, Action.READ, KEY)).isFalse();
        assertThat(policy.allows(links.current(open).get(), Action.READ, KEY)).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(policy.allows(current.get(), Action.READ, KEY)).isFalse();

        owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.WRITE));
        assertEnded(token);
        owners.clear();
        assertEnded(token);
    }

    @Test
    void create_needsTheRight() {
        Principal owner = owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.READ));

        assertThatThrownBy(
                        () -> links.create(owner, link(new LinkTarget.Folder(Action.WRITE, new KeyPrefix("raw/p1/")))))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> links.create(owner, link(new LinkTarget.Folder(Action.READ, new KeyPrefix("raw/p")))))
                .isInstanceOf(AccessDenied.class);
        assertThat(log).extracting(AuditEvent::result).containsExactly("AccessDenied", "AccessDenied");
    }

    @Test
    void limits_areThoseOfTheOperator() {
        Secret token = links.create(Principal.ANYONE, link(FOLDER)).token();
        Links limited = links(new Links.Limits(1, Optional.of(Duration.ofDays(1))));
        Links none = links(new Links.Limits(0, Optional.empty()));

        assertThatThrownBy(() -> limited.create(Principal.ANYONE, link(FOLDER)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("86400");
        assertThatThrownBy(() -> limited.create(Principal.ANYONE, lasting(Duration.ofDays(2))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> limited.create(Principal.ANYONE, lasting(Duration.ofDays(1))))
                .isInstanceOf(TooManyOpen.class);
        assertThat(limited.open(token).link().target()).isEqualTo(FOLDER);
        assertThatThrownBy(() -> none.create(Principal.ANYONE, link(FOLDER))).isInstanceOf(NotSupported.class);
        assertThatThrownBy(() -> none.open(token)).isInstanceOf(NotFound.class);
    }

    @Test
    void link_endsWithItsTime() {
        Secret token =
                links.create(Principal.ANYONE, lasting(Duration.ofMinutes(1))).token();
        OpenLink open = links.open(token);

        clock.advance(Duration.ofMinutes(1));

        assertEnded(token);
        assertThatThrownBy(() -> links.download(open, Optional.of(KEY), 0)).isInstanceOf(NotFound.class);
        assertThat(links.current(open).get().rights()).isEqualTo(Rights.NONE);
    }

    @Test
    void interruptedDownload_continues_untilItIsRevoked() {
        Links.CreatedLink made = links.create(Principal.ANYONE, limited(1));
        OpenLink open = links.open(made.token());
        links.download(open, Optional.of(KEY), 0);
        assertThatThrownBy(() -> links.openAgain(made.token())).isInstanceOf(NotFound.class);

        links.interrupted(open, Optional.of(KEY), 1000);
        OpenLink again = links.openAgain(made.token());
        assertThatThrownBy(() -> links.download(again, Optional.of(KEY), 1001)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> links.download(again, Optional.of(KEY), 0)).isInstanceOf(NotFound.class);
        links.download(again, Optional.of(KEY), 900);

        assertThat(links.get(Principal.ANYONE, made.link().id()).uses().count()).isEqualTo(1);
        links.interrupted(open, Optional.of(KEY), 2000);
        links.revoke(Principal.ANYONE, made.link().id());
        assertThatThrownBy(() -> links.openAgain(made.token())).isInstanceOf(NotFound.class);
    }

    @Test
    void failedUpload_isNoUse() {
        Links.CreatedLink made = links.create(Principal.ANYONE, limited(1));
        OpenLink open = links.open(made.token());

        assertThatThrownBy(() -> links.upload(open, KEY, () -> {
                    throw new IllegalStateException("full");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(links.upload(open, KEY, () -> "stored")).isEqualTo("stored");
        assertThatThrownBy(() -> links.upload(open, KEY, () -> "again")).isInstanceOf(NotFound.class);
        assertThat(links.get(Principal.ANYONE, made.link().id()).state(clock.instant()))
                .isEqualTo(Link.State.USED_UP);
    }

    @Test
    void wrongPasswords_areLimited_andRightOnesAreNot() {
        Secret right = new Secret("right");
        OpenLink open = links.open(links.create(
                        Principal.ANYONE,
                        new Links.NewLink(
                                FOLDER,
                                Optional.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                Optional.of(right)))
                .token());
        for (int i = 0; i < 2 * LinkRecords.MAX_FAILURES; i++) {
            assertThat(links.admits(open, right)).isTrue();
        }
        for (int i = 0; i < LinkRecords.MAX_FAILURES; i++) {
            assertThat(links.admits(open, new Secret("wrong"))).isFalse();
        }

        assertThatThrownBy(() -> links.admits(open, right)).isInstanceOf(TooManyAttempts.class);
        clock.advance(LinkRecords.ATTEMPT_WINDOW);
        assertThat(links.admits(open, right)).isTrue();
        String proof = open.proof(clock.instant().plusSeconds(1));
        assertThat(open.isProved(proof, clock.instant())).isTrue();
        assertThat(open.isProved(proof, clock.instant().plusSeconds(1))).isFalse();
        assertThat(open.isProved("9" + proof, clock.instant())).isFalse();
        assertThat(open.isProved("", clock.instant())).isFalse();
    }

    @Test
    void list_showsOnesOwn_andToAdministratorsWhatTheyMayAccess() {
        Principal owner = owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.READ));
        Principal other = owner("key:b", Set.of(new Scope.Project("p1")), Set.of(Action.READ));
        Principal admin = owner("key:c", Set.of(new Scope.Project("p1")), Set.of(Action.READ, Action.ADMIN));
        Principal stranger = owner("key:d", Set.of(new Scope.Project("p2")), Set.of(Action.READ, Action.ADMIN));
        Link link = links.create(owner, link(FOLDER)).link();

        assertThat(links.list(owner, "", 10, Optional.empty()).items()).containsExactly(link);
        assertThat(links.list(other, "", 10, Optional.empty()).items()).isEmpty();
        assertThat(links.list(admin, "raw/p1", 10, Optional.empty()).items()).containsExactly(link);
        assertThat(links.list(stranger, "", 10, Optional.empty()).items()).isEmpty();
        assertThatThrownBy(() -> links.revoke(other, link.id())).isInstanceOf(NotFound.class);
        links.revoke(admin, link.id());
        assertThat(links.get(owner, link.id()).state(clock.instant())).isEqualTo(Link.State.REVOKED);
    }

    @Test
    void list_ofLinksOfTheSameSecond_isNewestFirst() {
        Principal owner = owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.READ));
        List<Link> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(0, links.create(owner, link(FOLDER)).link());
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(links.list(owner, "", 10, Optional.empty()).items()).isEqualTo(created);
    }

    @Test
    void lifetime_isWhole_whenTheSecondHasBegun() {
        Principal owner = owner("key:a", Set.of(new Scope.Project("p1")), Set.of(Action.READ));
        clock.advance(Duration.ofMillis(900));
        Secret token = links.create(owner, lasting(Duration.ofSeconds(1))).token();
        clock.advance(Duration.ofMillis(999));

        assertThat(links.open(token).link().limits().expiresAt()).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertEnded(token);
    }

    private Principal owner(String id, Set<Scope> scopes, Set<Action> actions) {
        Principal owner = Principal.of(id, id, new Rights(scopes, actions));
        owners.put(id, owner);
        return owner;
    }

    private void assertEnded(Secret token) {
        assertThatThrownBy(() -> links.open(token)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> links.openAgain(token)).isInstanceOf(NotFound.class);
    }

    private static Links.NewLink link(LinkTarget target) {
        return new Links.NewLink(
                target, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    private static Links.NewLink lasting(Duration lifetime) {
        return new Links.NewLink(
                FOLDER, Optional.of(lifetime), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    private static Links.NewLink limited(long uses) {
        return new Links.NewLink(
                FOLDER, Optional.empty(), OptionalLong.of(uses), OptionalLong.empty(), Optional.empty());
    }
}
