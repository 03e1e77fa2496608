package dev.stowage.app;

import dev.stowage.app.config.AccessConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.apikey.AccessControl;
import dev.stowage.core.port.Authenticator;
import dev.stowage.core.port.Principals;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.jwt.JwtAuthenticator;
import dev.stowage.s3api.auth.KeyPairs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The principals: authentication of requests, and the owners of uploads and jobs. */
final class Identities implements AutoCloseable {

    private final AccessConfig config;
    private final AccessControl control;
    private final InstantSource clock;

    Identities(Configuration configuration, ServiceDatabase database) {
        config = configuration.access();
        clock = database.clock();
        control = new AccessControl(
                database.repositories().keys(), database.repositories().principals(), clock);
    }

    /**
     * Authenticates requests as configured by {@code AUTH_MODE}.
     *
     * @param audit records refused credentials
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

    /** The S3 key pairs; empty when every request is accepted. */
    Optional<KeyPairs> signatures() {
        return config.isGuarded() ? Optional.of((accessKeyId, signedWith) -> Optional.empty()) : Optional.empty();
    }

    /** All principals that may own uploads or jobs, including those whose access has ended. */
    Principals principals() {
        return control.principals();
    }

    @Override
    public void close() {
        control.close();
    }
}
