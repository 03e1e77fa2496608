package dev.stowage.app;

import dev.stowage.app.config.AccessConfig;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.apikey.KeyAuthenticator;
import dev.stowage.core.apikey.RecordingAuthenticator;
import dev.stowage.core.port.Authenticator;
import dev.stowage.core.port.PrincipalStore;
import dev.stowage.core.port.Principals;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.jwt.JwtAuthenticator;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Who is who: of those that call, and of those that jobs work for. */
final class Identities implements AutoCloseable {

    private final AccessConfig config;
    private final KeyAuthenticator keys;
    private final PrincipalStore known;
    private final InstantSource clock;

    Identities(AccessConfig config, WorkerDatabase database, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.keys = new KeyAuthenticator(database.keys(), clock);
        this.known = database.principals();
    }

    /**
     * Asks callers as the configuration has it.
     *
     * @param audit is told who is not let in
     */
    RequestAuthenticator authenticator(AuditLog audit) {
        if (!config.isGuarded()) {
            return RequestAuthenticator.open();
        }
        List<Authenticator> authenticators = new ArrayList<>();
        if (config.modes().contains(AccessConfig.Mode.KEYS)) {
            authenticators.add(keys);
        }
        config.jwt()
                .map(jwt -> new RecordingAuthenticator(JwtAuthenticator.start(jwt, clock), known, clock))
                .ifPresent(authenticators::add);
        return RequestAuthenticator.guardedBy(authenticators, audit);
    }

    /** Whoever may have begun something, whether they may still come in or not. */
    Principals principals() {
        return id -> keys.find(id).or(() -> known.find(id));
    }

    @Override
    public void close() {
        keys.close();
    }
}
