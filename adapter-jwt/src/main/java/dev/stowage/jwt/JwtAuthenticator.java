package dev.stowage.jwt;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import dev.stowage.jwt.SigningKeys.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates by signed tokens. A token is valid if it was signed by one of the issuer's keys with an algorithm of that key, and has the
 * right issuer, this service as its audience, and a current validity period; see {@code docs/access-control.md}.
 *
 * <p>A token carries the rights of its owner until it expires. It can be revoked only by removing its key from the key set.
 *
 * <p>Safe for concurrent use; needs no closing. A request waits for the issuer's keys if none were read yet, or if it is the first in ten
 * seconds whose token names an unknown key; at most 2 seconds. An interruption ends the wait and keeps the interrupt status.
 */
public final class JwtAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(JwtAuthenticator.class);

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Timing OF_URL = new Timing(Duration.ofMinutes(5), Duration.ofSeconds(10), LONGEST_WAIT);
    private static final Timing OF_FILE = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(5), LONGEST_WAIT);

    private final SigningKeys signingKeys;
    private final TokenRules rules;
    private final ClaimMapping mapping;
    private final InstantSource clock;
    private final VerifiedTokens verified = new VerifiedTokens();

    JwtAuthenticator(JwtConfig config, SigningKeys signingKeys, InstantSource clock) {
        this.signingKeys = signingKeys;
        this.clock = clock;
        rules = new TokenRules(config.issuer(), config.audience(), config.clockSkew());
        mapping = new ClaimMapping(config.claims());
    }

    /**
     * Returns an authenticator that has started reading the issuer's keys. The issuer need not be available: a failure is logged, and
     * reading is retried with later tokens.
     *
     * @param config for which {@link JwtConfig#from} reported no problem
     */
    public static JwtAuthenticator start(JwtConfig config, InstantSource clock) {
        SigningKeys keys = signingKeys(config.keys(), clock);
        keys.begin();
        return new JwtAuthenticator(config, keys, clock);
    }

    @Override
    public Optional<Principal> authenticate(Secret credential) {
        String text = credential.value();
        if (!SignedToken.resembles(text)) {
            return Optional.empty();
        }
        KeySet keys = signingKeys.current();
        Instant now = clock.instant();
        Optional<Principal> known = verified.find(text, keys, now);
        try {
            return known.isPresent() ? known : Optional.of(verify(text, keys, now));
        } catch (RefusedToken e) {
            LOG.debug("Refused a token: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Principal verify(String text, KeySet keys, Instant now) throws RefusedToken {
        SignedToken token = SignedToken.parse(text);
        KeySet latest = keys.knowsKeyOf(token) ? keys : signingKeys.renewed();
        if (!latest.verifies(token)) {
            throw new RefusedToken("it was not signed by a key of the issuer");
        }
        Map<String, Object> claims = token.claims();
        Instant end = rules.check(claims, now);
        Principal principal = mapping.principal(claims).until(Optional.of(end));
        verified.add(text, principal, latest, end);
        return principal;
    }

    private static SigningKeys signingKeys(KeyLocation location, InstantSource clock) {
        return location.url()
                .map(url -> new SigningKeys(new HttpKeySource(url, FETCH_TIMEOUT), OF_URL, clock))
                .orElseGet(
                        () -> new SigningKeys(new FileKeySource(location.file().orElseThrow()), OF_FILE, clock));
    }
}
