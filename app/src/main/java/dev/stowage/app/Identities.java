package dev.stowage.app;

import dev.stowage.app.config.AccessConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.apikey.AccessControl;
import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.SignatureAuthenticator;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.jwt.JwtAuthenticator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The principals: authentication of requests, and the owners of uploads and jobs. */
final class Identities implements AutoCloseable {

    private final AccessConfig config;
    private final AccessControl control;
    private final InstantSource clock;

    /** @param s3Secrets derives the secrets of S3 key pairs; empty if there are none */
    Identities(Configuration configuration, ServiceDatabase database, Optional<S3Secrets> s3Secrets) {
        config = configuration.access();
        clock = database.clock();
        control = new AccessControl(
                database.repositories().keys(), database.repositories().principals(), s3Secrets, clock);
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

    /** Authenticates requests by S3 key pairs, which API keys have; empty when every request is accepted. */
    Optional<SignatureAuthenticator> signatures() {
        if (!config.isGuarded()) {
            return Optional.empty();
        }
        return Optional.of(
                config.modes().contains(AccessConfig.Mode.KEYS)
                        ? control.signatureAuthenticator()
                        : (accessKeyId, signedWith) -> Optional.empty());
    }

    /** API keys, whose changes take effect at once. */
    ApiKeys keys() {
        return control.keys();
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
