package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.jwt.JwtConfig.ClaimNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights that the claims of a valid token grant. */
final class ClaimMappingTest {

    private static final ClaimMapping DEFAULT = new ClaimMapping(Fixture.DEFAULT_NAMES);

    static final List<Object> NOTHING = Arrays.asList(
            null, "", " ", 7, true, List.of(), List.of(7, true), Map.of("p1", true), List.of(List.of("p1")));

    @ParameterizedTest
    @MethodSource("projects")
    void projects_areAListOrWords(Object claim, Set<String> granted) {
        assertThat(DEFAULT.principal(Tokens.claims("stowage_projects", claim)).rights())
                .isEqualTo(new Rights(
                        Set.copyOf(granted.stream().map(Scope.Project::new).toList()), Set.of()));
    }

    static Stream<Arguments> projects() {
        return Stream.of(
                Arguments.of(List.of("p1", "p2", "p1"), Set.of("p1", "p2")),
                Arguments.of("p1 p2", Set.of("p1", "p2")),
                Arguments.of(" p1  p2 ", Set.of("p1", "p2")),
                Arguments.of("p1", Set.of("p1")),
                // An invalid project name grants nothing, and does not affect the others.
                Arguments.of(List.of("*", "a/b", "", "-p", "p 1", "../p", "ok"), Set.of("ok")),
                Arguments.of(Arrays.asList("p1", null, 7, List.of("p2")), Set.of("p1")),
                Arguments.of("* p1", Set.of("p1")),
                Arguments.of("*", Set.of()),
                Arguments.of("p1,p2", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void prefixes_areAListOrOneText(Object claim, Set<String> granted) {
        assertThat(DEFAULT.principal(Tokens.claims("stowage_prefixes", claim)).rights())
                .isEqualTo(new Rights(
                        Set.copyOf(granted.stream()
                                .map(prefix -> new Scope.Under(new KeyPrefix(prefix)))
                                .toList()),
                        Set.of()));
    }

    static Stream<Arguments> prefixes() {
        return Stream.of(
                Arguments.of(List.of("raw/shared/", "processed/p1/a b/"), Set.of("raw/shared/", "processed/p1/a b/")),
                Arguments.of("raw/shared files/", Set.of("raw/shared files/")),
                // The empty prefix would match every key.
                Arguments.of("", Set.of()),
                Arguments.of(List.of("", "raw/x"), Set.of("raw/x")),
                // Objects of other clients may have empty segments, so a prefix may, too.
                Arguments.of(
                        List.of("/", "/raw", "raw//x", "../raw/", "raw/./x", "raw/\u0000", "ok/"),
                        Set.of("/", "/raw", "raw//x", "ok/")),
                Arguments.of(List.of("x".repeat(1025), "x".repeat(1024)), Set.of("x".repeat(1024))));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void actions_areAListOrWords(Object claim, Set<Action> granted) {
        assertThat(DEFAULT.principal(Tokens.claims("stowage_actions", claim)).rights())
                .isEqualTo(new Rights(Set.of(), granted));
    }

    static Stream<Arguments> actions() {
        return Stream.of(
                Arguments.of(
                        List.of("read", "write", "delete", "jobs", "webhooks", "metrics", "stowage:admin"),
                        Set.of(Action.values())),
                Arguments.of("read jobs", Set.of(Action.READ, Action.JOBS)),
                Arguments.of("stowage:read write", Set.of(Action.READ, Action.WRITE)),
                Arguments.of("READ Write admin * stowage: stowage:stowage:read read,write", Set.of()),
                Arguments.of(List.of("read write", "delete"), Set.of(Action.DELETE)));
    }

    @Test
    void sharedClaims_takeWordsThatSayStowageAlone() {
        for (String shared : new String[] {"scope", "scp"}) {
            ClaimMapping mapping = new ClaimMapping(new ClaimNames("projects", "prefixes", shared));
            Map<String, Object> claims =
                    Tokens.claims(shared, "openid write stowage:read other:delete delete stowage:jobs stowage:all");

            assertThat(mapping.principal(claims).rights().actions())
                    .containsExactlyInAnyOrder(Action.READ, Action.JOBS);
        }
    }

    @ParameterizedTest
    @FieldSource("NOTHING")
    void whatIsMissingOrNotUnderstood_grantsNothing(Object claim) {
        for (String name : new String[] {"stowage_projects", "stowage_prefixes", "stowage_actions"}) {
            Principal principal = DEFAULT.principal(Tokens.claims(name, claim));
            assertThat(principal.rights().actions()).isEmpty();
            assertThat(principal.rights().scopes()).doesNotContain(new Scope.Project("p1"));
        }
    }

    @Test
    void allClaimsTogether_grantEachActionOnEachScope() {
        Map<String, Object> claims = Tokens.claims("stowage_projects", "p1");
        claims.put("stowage_prefixes", List.of("raw/shared/"));
        claims.put("stowage_actions", "read");

        assertThat(DEFAULT.principal(claims).rights())
                .isEqualTo(new Rights(
                        Set.of(new Scope.Project("p1"), new Scope.Under(new KeyPrefix("raw/shared/"))),
                        Set.of(Action.READ)));
    }

    @Test
    void namesOfClaims_areTakenToTheLetter() {
        ClaimMapping mapping =
                new ClaimMapping(new ClaimNames("https://files.example/projects", "a.b", "realm_access.roles"));
        Map<String, Object> claims = Tokens.claims("https://files.example/projects", List.of("p1"));
        claims.put("a.b", List.of("raw/x/"));
        claims.put("a", Map.of("b", List.of("raw/y/")));
        claims.put("realm_access.roles", List.of("read"));
        claims.put("stowage_projects", List.of("p2"));

        assertThat(mapping.principal(claims).rights())
                .isEqualTo(new Rights(
                        Set.of(new Scope.Project("p1"), new Scope.Under(new KeyPrefix("raw/x/"))),
                        Set.of(Action.READ)));
    }

    @Test
    void theName_isTheFirstThatIsThere() {
        Map<String, Object> claims = Tokens.claims();
        assertThat(DEFAULT.principal(claims).name()).isEqualTo("alice");

        claims.put("preferred_username", "al");
        assertThat(DEFAULT.principal(claims).name()).isEqualTo("al");

        claims.put("name", "Alice Example");
        assertThat(DEFAULT.principal(claims)).isEqualTo(Principal.of("jwt:alice", "Alice Example", Rights.NONE));

        claims.put("name", " ");
        assertThat(DEFAULT.principal(claims).name()).isEqualTo("al");
    }

    @Test
    void theName_hasNothingThatSteersALog() {
        Map<String, Object> claims = Tokens.claims("name", "a\r\nb\u001B[31m\u202Ec\u2028d\uD800e\u0085f");

        assertThat(DEFAULT.principal(claims).name()).isEqualTo("a??b?[31m?c?d?e?f".replace('?', '\uFFFD'));
    }

    @Test
    void theName_endsAfterTwoHundredCharacters_andNotWithinOne() {
        assertThat(DEFAULT.principal(Tokens.claims("name", "x".repeat(201))).name())
                .isEqualTo("x".repeat(200));
        assertThat(DEFAULT.principal(Tokens.claims("name", "😀".repeat(201))).name())
                .isEqualTo("😀".repeat(200));
    }
}
