package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stowage.core.access.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Randomly mutated tokens are either read or refused. */
final class TokenFuzzTest {

    private static final String HEADER = """
            {"alg":"RS256","kid":"rsa-1","typ":"JWT","x5t#S256":"AQAB","jku":"https://a.example/b","x5c":["AQAB"],"cty":"x",\
            "jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}""";

    private static final List<String> BITS = List.of(
            "null",
            "{}",
            "[]",
            "[[[[",
            "\"",
            "\\",
            "\\ud800",
            "\u0000",
            "1e999",
            "-0",
            "true",
            "\"enc\":\"A128GCM\",",
            "\"crit\":null,",
            "\"epk\":{},",
            "\"zip\":\"DEF\",",
            ",",
            ":",
            "NaN",
            "99999999999999999999",
            "none",
            "HS256");

    private static final ClaimMapping MAPPING = new ClaimMapping(Fixture.DEFAULT_NAMES);
    private static final TokenRules RULES = new TokenRules(Tokens.ISSUER, Tokens.AUDIENCE, Fixture.SKEW);
    private static final KeySet KEYS = KeySet.parse(Keys.set(Keys.RSA));

    private final Random random = new Random(42);

    @Test
    void aBrokenToken_isReadOrRefused() {
        String payload = JSONObjectUtils.toJSONString(Tokens.claims("stowage_projects", List.of("p1")));
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            String token = Tokens.raw(mutated(HEADER), mutated(payload), content -> new byte[256])
                    .value();
            read += read(token).isPresent() ? 1 : 0;
        }

        // Both happen, so the mutations neither always nor never break a token.
        assertThat(read).isBetween(500, 9_500);
    }

    /** Reads a token like the authenticator, without checking the signature. */
    private static Optional<Principal> read(String text) {
        assertThat(SignedToken.resembles(text)).isTrue();
        try {
            SignedToken token = SignedToken.parse(text);
            assertThat(KEYS.verifies(token)).isFalse();
            RULES.check(token.claims(), Tokens.NOW);
            return Optional.of(MAPPING.principal(token.claims()));
        } catch (RefusedToken e) {
            return Optional.empty();
        }
    }

    /** Returns the text with a part of it replaced; sometimes unchanged. */
    private String mutated(String text) {
        if (random.nextInt(3) == 0) {
            return text;
        }
        int start = random.nextInt(text.length());
        int end = Math.min(text.length(), start + random.nextInt(6));
        return text.substring(0, start) + BITS.get(random.nextInt(BITS.size())) + text.substring(end);
    }
}
