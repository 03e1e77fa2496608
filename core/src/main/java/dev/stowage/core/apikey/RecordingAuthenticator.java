package dev.stowage.core.apikey;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.core.port.service.Authenticator;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records the principals of another authenticator, with the rights of the newest credential of each. Their jobs continue with these rights
 * while they make no requests. A principal is written when it is new or its rights have changed, and again when it has dropped out of the
 * bounded cache.
 */
final class RecordingAuthenticator implements Authenticator {

    private static final int MAX_KNOWN = 10_000;

    private final Authenticator authenticator;
    private final PrincipalStore known;
    private final InstantSource clock;
    private final Map<String, Principal> noted = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Principal> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    RecordingAuthenticator(Authenticator authenticator, PrincipalStore known, InstantSource clock) {
        this.authenticator = authenticator;
        this.known = known;
        this.clock = clock;
    }

    @Override
    public Optional<Principal> authenticate(Secret credential) {
        Optional<Principal> principal = authenticator.authenticate(credential);
        // The expiry of the credential is left out: rights last until a newer credential has others.
        principal.map(known -> known.until(Optional.empty())).ifPresent(this::note);
        return principal;
    }

    private void note(Principal principal) {
        String id = principal.id().orElseThrow();
        synchronized (noted) {
            if (principal.equals(noted.get(id))) {
                return;
            }
        }
        known.note(principal, clock.instant());
        synchronized (noted) {
            noted.put(id, principal);
        }
    }
}
