package dev.stowage.http.access;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.Unauthorized;
import dev.stowage.core.port.service.Authenticator;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Authenticates requests before a route runs that is not public. Safe for concurrent use. */
public final class RequestAuthenticator {

    private final Optional<List<Authenticator>> authenticators;
    private final AuditLog audit;

    private RequestAuthenticator(Optional<List<Authenticator>> authenticators, AuditLog audit) {
        this.authenticators = authenticators;
        this.audit = audit;
    }

    /** Accepts every request as the principal with all rights, for {@code AUTH_MODE=none}. */
    public static RequestAuthenticator open() {
        return new RequestAuthenticator(Optional.empty(), AuditLog.NONE);
    }

    /**
     * Accepts requests whose credential one of {@code authenticators} knows.
     *
     * @param audit records the refusals
     */
    public static RequestAuthenticator guardedBy(List<Authenticator> authenticators, AuditLog audit) {
        return new RequestAuthenticator(Optional.of(List.copyOf(authenticators)), audit);
    }

    /** Whether it requires credentials. */
    public boolean isGuarded() {
        return authenticators.isPresent();
    }

    /**
     * Authenticates the caller of a matched route.
     *
     * @throws Unauthorized when the credential is missing or not valid
     */
    public void pass(Context ctx) {
        if (ctx.routeRoles().contains(RouteAccess.PUBLIC) || ctx.routeRoles().contains(RouteAccess.SIGNED_URL)) {
            return;
        }
        if (!Caller.isKnown(ctx)) {
            Caller.set(ctx, authenticators.isEmpty() ? Principal.ANYONE : principal(ctx));
        }
    }

    private Principal principal(Context ctx) {
        return Credentials.of(ctx.req()::getHeader)
                .flatMap(this::find)
                .orElseThrow(() -> refusal(ctx.req().getMethod(), ctx.path()));
    }

    /** Returns the principal of a credential; empty when the credential is not valid. */
    Optional<Principal> find(Secret credential) {
        return authenticators.stream()
                .flatMap(List::stream)
                .flatMap(authenticator -> authenticator.authenticate(credential).stream())
                .findFirst();
    }

    /** Returns the credential of a request; empty when there is none. */
    public Optional<Secret> credential(Context ctx) {
        return Credentials.of(ctx.req()::getHeader);
    }

    /** Whether a credential is still valid for the rights of its principal; true when that can't be determined. */
    public boolean stillAdmits(Secret credential, Principal principal) {
        try {
            return find(credential)
                    .filter(now -> now.id().equals(principal.id()))
                    .filter(now -> now.rights().equals(principal.rights()))
                    .isPresent();
        } catch (StorageException unknown) {
            return true;
        }
    }

    /** Writes the refusal of a missing or invalid credential to the audit log, and returns the exception for the client. */
    Unauthorized refusal(String method, String path) {
        audit.add(new AuditEvent(
                Optional.empty(),
                "authenticate",
                Optional.empty(),
                ErrorCode.UNAUTHORIZED.id(),
                Map.of("method", method, "path", path)));
        return new Unauthorized("Send a valid credential, as Authorization: Bearer … or, for an API key, as X-API-Key");
    }
}
