package dev.stowage.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessPolicyTest {

    private static final String USERS = "users/{user_id}/{stage=raw|processed}/{project_id}/{filename**}";

    private final List<AuditEvent> told = new ArrayList<>();
    private final AccessPolicy policy = policy(KeyLayout.DEFAULT_TEMPLATE);

    @ParameterizedTest
    @ValueSource(strings = {"raw/p1/a", "processed/p1/a/b", "raw/p1/p2/a"})
    void projectScope_containsItsFilesInEveryStage(String key) {
        assertThat(policy.allows(of(project("p1")), Action.READ, new ObjectKey(key)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/p10/a", "raw/p/a", "raw/P1/a", "raw/p2/p1/a", "other/p1/a", "p1/a"})
    void projectScope_containsNothingElse(String key) {
        assertThat(policy.allows(of(project("p1")), Action.READ, new ObjectKey(key)))
                .isFalse();
    }

    @Test
    void projectScope_followsTheLayout() {
        AccessPolicy users = policy(USERS);

        assertThat(users.allows(of(project("p1")), Action.READ, new ObjectKey("users/u/raw/p1/a")))
                .isTrue();
        assertThat(users.allows(of(project("p1")), Action.READ, new ObjectKey("users/p1/raw/p2/a")))
                .isFalse();
        assertThat(users.allows(of(project("p1")), Action.READ, new ObjectKey("raw/p1/a")))
                .isFalse();
    }

    @Test
    void projectScope_withoutProjectsInTheLayout_isEmpty() {
        assertThat(policy("open").allows(of(project("p1")), Action.READ, new ObjectKey("raw/p1/a")))
                .isFalse();
    }

    @Test
    void prefixScope_containsKeysWithThePrefix() {
        Principal shared = of(new Scope.Under(new KeyPrefix("raw/shared/")));

        assertThat(policy.allows(shared, Action.READ, new ObjectKey("raw/shared/a")))
                .isTrue();
        assertThat(policy.allows(shared, Action.READ, new ObjectKey("raw/shared")))
                .isFalse();
        assertThat(policy.allows(shared, Action.READ, new ObjectKey("raw/sharedx/a")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "raw/p1/, true",
        "raw/p1/a, true",
        "raw/p1/a/b/, true",
        "raw/p1, false",
        "raw/, false",
        "raw/p, false",
        "'', false",
        "raw/p2/, false",
        "raw/p10/, false",
        "rawx/p1/, false"
    })
    void listing_withProjectScope_allowsPrefixesOfTheProject(String prefix, boolean allowed) {
        assertThat(mayList(policy, of(project("p1")), prefix)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"raw/shared/, true", "raw/shared/a, true", "raw/shared, false", "raw/, false"})
    void listing_withPrefixScope_allowsNestedPrefixes(String prefix, boolean allowed) {
        assertThat(mayList(policy, of(new Scope.Under(new KeyPrefix("raw/shared/"))), prefix))
                .isEqualTo(allowed);
    }

    @Test
    void listing_withScopeOfOneKey_isDenied() {
        Principal one = Principal.bearer(Action.READ, new ObjectKey("raw/p1/a"));

        assertThat(mayList(policy, one, "raw/p1/a")).isFalse();
        assertThat(policy.allows(one, Action.READ, new ObjectKey("raw/p1/a"))).isTrue();
        assertThat(policy.allows(one, Action.WRITE, new ObjectKey("raw/p1/a"))).isFalse();
        assertThat(policy.allows(one, Action.READ, new ObjectKey("raw/p1/b"))).isFalse();
    }

    @Test
    void actionWithoutRight_isDeniedOnEveryKey() {
        Principal reader = Principal.of("key:r", "r", new Rights(Set.of(new Scope.Everything()), Set.of(Action.READ)));

        for (Action action : Action.values()) {
            assertThat(policy.allows(reader, action, new ObjectKey("raw/p1/a"))).isEqualTo(action == Action.READ);
        }
        assertThatThrownBy(() -> policy.check(reader, Action.JOBS)).isInstanceOf(AccessDenied.class);
    }

    @Test
    void withoutRights_nothingIsAllowed() {
        Principal nobody = Principal.of("key:n", "n", Rights.NONE);

        for (Action action : Action.values()) {
            assertThat(policy.allows(nobody, action, new ObjectKey("raw/p1/a"))).isFalse();
        }
    }

    @Test
    void refusals_areAudited_withPrincipalAndAction() {
        assertThatThrownBy(() -> policy.check(of(project("p1")), Action.DELETE, new ObjectKey("raw/p2/a")))
                .isInstanceOf(AccessDenied.class)
                .hasMessageContaining("delete raw/p2/a");

        assertThat(told)
                .containsExactly(AuditEvent.of(of(project("p1")), "delete", "raw/p2/a", ErrorCode.ACCESS_DENIED.id()));
    }

    @Test
    void audited_recordsTheResult_andARefusalOnlyOnce() {
        Principal one = of(project("p1"));
        ObjectKey key = new ObjectKey("raw/p1/a");
        ObjectKey foreign = new ObjectKey("raw/p2/a");

        assertThat(policy.<String>audited(one, "file.put", key, () -> "stored")).isEqualTo("stored");
        assertThatThrownBy(() -> policy.audited(one, "file.put", key, () -> {
                    throw new PreconditionFailed("there is one", key.value());
                }))
                .isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> policy.audited(one, "file.put", foreign, () -> {
                    policy.permissions().check(one, Action.WRITE, foreign);
                    return "stored";
                }))
                .isInstanceOf(AccessDenied.class);

        assertThat(told)
                .extracting(AuditEvent::operation, AuditEvent::result)
                .containsExactly(
                        tuple("file.put", "ok"),
                        tuple("file.put", "PreconditionFailed"),
                        tuple("file.put", "AccessDenied"));
    }

    @Test
    void audited_withARequiredLogThatFails_changesNothing() {
        AuditLog full = new AuditLog() {
            @Override
            public void add(AuditEvent event) {}

            @Override
            public void require() {
                throw new StorageUnavailable("full", null);
            }
        };
        AccessPolicy strict = new AccessPolicy(KeyLayout.parse("open"), full);
        List<String> changed = new ArrayList<>();
        Principal one = of(project("p1"));
        ObjectKey key = new ObjectKey("a");

        assertThatThrownBy(() -> strict.audited(one, "file.put", key, () -> changed.add("asked")))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> strict.runAsService(AuditedAction.of("upload.expire"), () -> changed.add("unasked")))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(changed).isEmpty();
    }

    @Test
    void audited_isObserved_underItsNameInTheAuditLog() {
        List<String> steps = new ArrayList<>();
        AccessPolicy observed = new AccessPolicy(KeyLayout.parse("open"), told::add, Optional::empty, observer(steps));

        int made = observed.audited(of(project("p1")), "file.put", new ObjectKey("a"), () -> {
            steps.add("change");
            return 1;
        });
        int read = observed.observed("file.read", () -> 2);

        assertThat(made + read).isEqualTo(3);
        assertThat(steps).containsExactly("file.put", "change", "file.read");
    }

    private static Observer observer(List<String> steps) {
        return new Observer() {
            @Override
            public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
                steps.add(name);
                return work.run();
            }

            @Override
            public <T, X extends Exception> T unit(String name, Map<String, String> details, Work<T, X> work) throws X {
                return work.run();
            }
        };
    }

    private AccessPolicy policy(String layout) {
        return new AccessPolicy(KeyLayout.parse(layout), told::add);
    }

    private static boolean mayList(AccessPolicy policy, Principal principal, String prefix) {
        try {
            policy.check(principal, Action.READ, new KeyPrefix(prefix));
            return true;
        } catch (AccessDenied e) {
            return false;
        }
    }

    private static Scope project(String id) {
        return new Scope.Project(id);
    }

    private static Principal of(Scope scope) {
        return Principal.of("key:1", "one", new Rights(Set.of(scope), Set.of(Action.values())));
    }
}
