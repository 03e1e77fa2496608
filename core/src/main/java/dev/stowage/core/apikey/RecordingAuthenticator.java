package dev.stowage.core.apikey;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.Authenticator;
import dev.stowage.core.port.PrincipalStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notes whom another authenticator knows, with the rights of the newest credential that each brought: jobs go on by these when their owner
 * is not there. It is written down when it is new or has changed, and again when others came in between, of whom only so many are kept in mind.
 */
final class RecordingAuthenticator implements Authenticator {

    private static final int IN_MIND = 10_000;

    private final Authenticator authenticator;
    private final PrincipalStore known;
    private final InstantSource clock;
    private final Map<String, Principal> noted = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Principal> eldest) {
            return size() > IN_MIND;
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
        principal.ifPresent(this::note);
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
