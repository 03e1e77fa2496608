package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the claims of a correctly signed token. */
final class TokenRulesTest {

    private static final long NOW = Tokens.NOW.getEpochSecond();
    private static final long SKEW = Fixture.SKEW.toSeconds();

    private final Fixture fixture = new Fixture(Keys.set(Keys.RSA));

    @Test
    void anotherIssuer_isRefused() {
        assertThat(admits("iss", "https://issuer.example")).isFalse();
        assertThat(admits("iss", "https://ISSUER.example/")).isFalse();
        assertThat(admits("iss", List.of(Tokens.ISSUER))).isFalse();
        assertThat(admitsWithout("iss")).isFalse();
    }

    @Test
    void anotherAudience_isRefused() {
        assertThat(admits("aud", "stowage2")).isFalse();
        assertThat(admits("aud", "stow")).isFalse();
        assertThat(admits("aud", List.of("account", "other"))).isFalse();
        assertThat(admits("aud", List.of())).isFalse();
        assertThat(admits("aud", Map.of("stowage", "stowage"))).isFalse();
        assertThat(admitsWithout("aud")).isFalse();
    }

    @Test
    void thisAudienceAmongOthers_isAccepted() {
        assertThat(admits("aud", List.of("account", Tokens.AUDIENCE))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("wrongSubjects")
    void aSubjectThatIsNoVisibleText_isRefused(Object subject) {
        assertThat(admits("sub", subject)).isFalse();
    }

    static Stream<Object> wrongSubjects() {
        return Stream.of(
                "", " ", "a b", "a\nb", "a\u0000", "\u202Eabc", "a\u2028", "x".repeat(257), 7, List.of("alice"), true);
    }

    @Test
    void aSubjectOfHalfACharacter_isRefused() {
        String payload = JSONObjectUtils.toJSONString(Tokens.claims()).replace("alice", "a\\ud800");

        assertThat(payload).contains("\"a\\ud800\"");
        assertThat(fixture.admits(Tokens.raw("{\"alg\":\"RS256\"}", payload, Signers.rs256(Keys.RSA))))
                .isFalse();
    }

    @Test
    void aTokenWithoutSubject_isRefused() {
        assertThat(admitsWithout("sub")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"auth0|5f7c8ec7c33c6c004bbafe82", "abc@clients", "7", "Zoë", "山田", "https://id.example/u/1"})
    void aVisibleSubject_isAccepted(String subject) {
        assertThat(admits("sub", subject)).isTrue();
        assertThat(admits("sub", "x".repeat(256))).isTrue();
    }

    @Test
    void aToken_isValidUntilItsExpiryPlusTheSkew() {
        assertThat(admits("exp", NOW - SKEW + 1)).isTrue();
        assertThat(admits("exp", NOW - SKEW)).isFalse();
        assertThat(admits("exp", NOW - SKEW + 0.001)).isTrue();
    }

    @Test
    void aToken_isValidFromNotBeforeMinusTheSkew() {
        assertThat(admits("nbf", NOW + SKEW)).isTrue();
        assertThat(admits("nbf", NOW + SKEW + 1)).isFalse();
    }

    @Test
    void withoutSkew_aTokenIsValidUntilTheSecondOfItsExpiry() throws RefusedToken {
        TokenRules strict = new TokenRules(Tokens.ISSUER, Tokens.AUDIENCE, Duration.ZERO);
        Instant end = Tokens.NOW.plusSeconds(3600);

        assertThat(strict.check(Tokens.claims(), end.minusNanos(1))).isEqualTo(end);
        assertThatThrownBy(() -> strict.check(Tokens.claims(), end)).isInstanceOf(RefusedToken.class);
    }

    @Test
    void aTokenWithoutEnd_isRefused() {
        assertThat(admitsWithout("exp")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void aTimeThatIsNone_isRefused(Object time) {
        assertThat(admits("exp", time)).isFalse();
        assertThat(admits("nbf", time)).isFalse();
    }

    static Stream<Object> noTimes() {
        return Stream.of("1893456000", "2030-01-01T00:00:00Z", true, List.of(1_893_456_000L), Map.of());
    }

    @Test
    void anExpiryBeyondAllTime_isAccepted_andANotBeforeBeyondItIsNot() {
        assertThat(admits("exp", Long.MAX_VALUE)).isTrue();
        assertThat(admits("exp", 1e300)).isTrue();
        assertThat(admits("nbf", Long.MAX_VALUE)).isFalse();
        assertThat(admits("exp", Long.MIN_VALUE)).isFalse();
        assertThat(admits("exp", 0)).isFalse();
    }

    @Test
    void aPayloadThatIsNoObject_isRefused() {
        String[] payloads = {"[]", "\"text\"", "null", "{", "{\"sub\":\"a\",\"sub\":\"b\"}", "[".repeat(9000)};
        for (String payload : payloads) {
            assertThat(fixture.admits(Tokens.raw("{\"alg\":\"RS256\"}", payload, Signers.rs256(Keys.RSA))))
                    .as(payload)
                    .isFalse();
        }
    }

    private boolean admits(String name, Object value) {
        return fixture.admits(Tokens.of(Keys.RSA, Tokens.claims(name, value)));
    }

    private boolean admitsWithout(String name) {
        return fixture.admits(Tokens.of(Keys.RSA, Tokens.claimsWithout(name)));
    }
}
