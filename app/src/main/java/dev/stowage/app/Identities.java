package dev.stowage.app;

import dev.stowage.app.config.AccessConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.apikey.AccessControl;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Authenticator;
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
    private final AccessControl control;
    private final InstantSource clock;

    Identities(AccessConfig config, WorkerDatabase database, KeyLayout layout, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.control = new AccessControl(database.keys(), database.principals(), layout, clock);
    }

    /** API keys, for commands that work on the records beside a running service. */
    static AccessControl control(Configuration configuration, WorkerDatabase database) {
        return new AccessControl(
                database.keys(), database.principals(), configuration.layout(), InstantSource.system());
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
            authenticators.add(control.keyAuthenticator());
        }
        config.jwt()
                .map(jwt -> control.recording(JwtAuthenticator.start(jwt, clock)))
                .ifPresent(authenticators::add);
        return RequestAuthenticator.guardedBy(authenticators, audit);
    }

    /** Whoever may have begun something, whether they may still come in or not. */
    Principals principals() {
        return control.principals();
    }

    @Override
    public void close() {
        control.close();
    }
}
