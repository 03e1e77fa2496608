package dev.stowage.http.access;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.Unauthorized;
import dev.stowage.core.port.Authenticator;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks who calls, before a route is run that is not for everybody. Safe for concurrent use. */
public final class RequestAuthenticator {

    private final Optional<List<Authenticator>> authenticators;
    private final AuditLog audit;

    private RequestAuthenticator(Optional<List<Authenticator>> authenticators, AuditLog audit) {
        this.authenticators = authenticators;
        this.audit = audit;
    }

    /** Asks nobody: for a service that only those reach who may do everything. */
    public static RequestAuthenticator open() {
        return new RequestAuthenticator(Optional.empty(), AuditLog.NONE);
    }

    /**
     * Lets those in whom one of {@code authenticators} knows.
     *
     * @param audit is told of the others
     */
    public static RequestAuthenticator guardedBy(List<Authenticator> authenticators, AuditLog audit) {
        return new RequestAuthenticator(Optional.of(List.copyOf(authenticators)), audit);
    }

    /** Whether it asks. */
    public boolean isGuarded() {
        return authenticators.isPresent();
    }

    /**
     * Lets the caller of a matched route in.
     *
     * @throws Unauthorized when it does not say who it is, or its credential is not good
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

    /** Whose credential it is, if it is good. */
    Optional<Principal> find(Secret credential) {
        return authenticators.stream()
                .flatMap(List::stream)
                .flatMap(authenticator -> authenticator.authenticate(credential).stream())
                .findFirst();
    }

    /** What a request brings to be let in by; empty when it brings nothing. */
    public Optional<Secret> credential(Context ctx) {
        return Credentials.of(ctx.req()::getHeader);
    }

    /** Whether a credential is still good for what its principal had; when that can't be found out, it is. */
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

    /** What to say to a request whose credential is missing or not good, once the audit log knows of it. */
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
