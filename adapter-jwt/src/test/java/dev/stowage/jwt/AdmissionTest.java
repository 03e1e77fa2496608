package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid tokens, and text that is not a token. */
final class AdmissionTest {

    private final Fixture fixture = new Fixture(Keys.set(Keys.RSA));

    @Test
    void aValidToken_namesThePrincipalAndItsRights() {
        Map<String, Object> claims = Tokens.claims("stowage_projects", List.of("p1"));
        claims.put("stowage_actions", "read write");

        Principal principal =
                fixture.authenticator.authenticate(Tokens.of(Keys.RSA, claims)).orElseThrow();
        assertThat(principal.expiresAt()).isPresent();
        assertThat(principal.until(Optional.empty()))
                .isEqualTo(Principal.of(
                        "jwt:alice",
                        "alice",
                        new Rights(Set.of(new Scope.Project("p1")), Set.of(Action.READ, Action.WRITE))));
    }

    @Test
    void aTokenThatGrantsNothing_isAPrincipalWithoutRights() {
        assertThat(fixture.authenticator.authenticate(Tokens.of(Keys.RSA)).map(Principal::rights))
                .contains(Rights.NONE);
    }

    @Test
    void aTokenWithoutKeyId_isValidWhenAKeyMatches() {
        JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);

        assertThat(fixture.admits(Tokens.signed(Keys.RSA, header, Tokens.claims())))
                .isTrue();
        assertThat(fixture.admits(Tokens.signed(Keys.OTHER_RSA, header, Tokens.claims())))
                .isFalse();
    }

    @Test
    void aTokenWithoutKeyId_isTriedOnEightKeysAtTheMost() {
        Fixture many = new Fixture(Keys.set(copies(7)));
        Fixture tooMany = new Fixture(Keys.set(copies(8)));
        Secret token = Tokens.signed(Keys.RSA, new JWSHeader(JWSAlgorithm.RS256), Tokens.claims());

        assertThat(many.admits(token)).isTrue();
        assertThat(tooMany.admits(token)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void aTypeOfAccessTokens_isAccepted(String type) {
        assertThat(fixture.admits(ofType(type))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE", "application/json"})
    void aTypeOfOtherTokens_isRefused(String type) {
        assertThat(fixture.admits(ofType(type))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "a..b",
                "a.b.",
                ".b.c",
                "a.b.c.d",
                "a.b.c.d.e",
                "a b.c.d",
                "ä.b.c",
                "a.b.c=",
                "a.b.c\n",
                "stw_4f7a_secret"
            })
    void textOfAnotherShape_isNoToken_andReadsNoKeys(String text) {
        assertThat(fixture.admits(new Secret(text))).isFalse();
        assertThat(fixture.source.reads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "not json", "{\"alg\":null}", "{\"alg\":7}", "{\"alg\":\"RS256\",\"kid\":7}"
            })
    void aHeaderThatIsNone_isRefused(String header) {
        assertThat(fixture.admits(Tokens.raw(header, Tokens.claims(), Signers.rs256(Keys.RSA))))
                .isFalse();
    }

    @Test
    void aTokenOfSixteenKibibytes_isTheLongest() {
        Secret small = Tokens.of(Keys.RSA, Tokens.claims("pad", ""));
        // Three bytes of padding are four characters.
        int room = (SignedToken.LONGEST - small.value().length()) / 4 * 3;
        Secret longest = Tokens.of(Keys.RSA, Tokens.claims("pad", "x".repeat(room)));
        Secret longer = Tokens.of(Keys.RSA, Tokens.claims("pad", "x".repeat(room + 3)));

        assertThat(longest.value().length()).isBetween(SignedToken.LONGEST - 3, SignedToken.LONGEST);
        assertThat(fixture.admits(longest)).isTrue();
        assertThat(fixture.admits(longer)).isFalse();
    }

    private static Secret ofType(String type) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(Keys.RSA.getKeyID())
                .type(new JOSEObjectType(type))
                .build();
        return Tokens.signed(Keys.RSA, header, Tokens.claims());
    }

    /** A key set with the right key after {@code others} others. */
    private static JWK[] copies(int others) {
        JWK[] keys = new JWK[others + 1];
        Arrays.fill(keys, Keys.OTHER_RSA);
        keys[others] = Keys.RSA;
        return keys;
    }
}
