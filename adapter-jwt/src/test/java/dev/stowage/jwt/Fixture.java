package dev.stowage.jwt;

import dev.stowage.core.config.Secret;
import dev.stowage.jwt.JwtConfig.ClaimNames;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import dev.stowage.jwt.SigningKeys.Timing;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;

/** An authenticator with its key source and clock. */
final class Fixture {

    static final Duration SKEW = Duration.ofSeconds(30);
    static final Timing TIMING = new Timing(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMillis(50));
    static final ClaimNames DEFAULT_NAMES = new ClaimNames("stowage_projects", "stowage_prefixes", "stowage_actions");

    final TestClock clock = new TestClock(Tokens.NOW);
    final FakeKeySource source;
    final JwtAuthenticator authenticator;

    /** @param keySet published initially */
    Fixture(String keySet) {
        this(keySet, TIMING);
    }

    Fixture(String keySet, Timing timing) {
        source = new FakeKeySource(keySet);
        authenticator = new JwtAuthenticator(
                config(new KeyLocation(Optional.empty(), Optional.empty())),
                new SigningKeys(source, timing, clock),
                clock);
    }

    static JwtConfig config(KeyLocation keys) {
        return new JwtConfig(keys, Tokens.ISSUER, Tokens.AUDIENCE, SKEW, DEFAULT_NAMES);
    }

    boolean admits(Secret token) {
        return authenticator.authenticate(token).isPresent();
    }
}
