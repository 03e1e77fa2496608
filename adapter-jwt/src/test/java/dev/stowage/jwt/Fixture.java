package dev.stowage.jwt;

import dev.stowage.core.config.Secret;
import dev.stowage.jwt.JwtConfig.ClaimNames;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import dev.stowage.jwt.SigningKeys.Pace;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;

/** An authenticator with its key source and clock. */
final class Fixture {

    static final Duration SKEW = Duration.ofSeconds(30);
    static final Pace PACE = new Pace(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMillis(50));
    static final ClaimNames DEFAULT_NAMES = new ClaimNames("stowage_projects", "stowage_prefixes", "stowage_actions");

    final TestClock clock = new TestClock(Tokens.NOW);
    final FakeKeySource source;
    final JwtAuthenticator authenticator;

    /** @param keySet published initially */
    Fixture(String keySet) {
        this(keySet, PACE);
    }

    Fixture(String keySet, Pace pace) {
        source = new FakeKeySource(keySet);
        authenticator = new JwtAuthenticator(
                config(new KeyLocation(Optional.empty(), Optional.empty())),
                new SigningKeys(source, pace, clock),
                clock);
    }

    static JwtConfig config(KeyLocation keys) {
        return new JwtConfig(keys, Tokens.ISSUER, Tokens.AUDIENCE, SKEW, DEFAULT_NAMES);
    }

    boolean admits(Secret token) {
        return authenticator.authenticate(token).isPresent();
    }
}
