package dev.stowage.core.access;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides who may do what, and tells what they did. Every use case asks it, about the very key that it then uses and before it asks the
 * store anything; so a refusal tells nothing of what is there. What is not granted is refused, and refusals are told, too.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessPolicy {

    private final KeyLayout layout;
    private final AuditLog audit;

    /**
     * @param layout which says what project a key belongs to
     * @param audit is told of what is changed and of what is refused
     */
    public AccessPolicy(KeyLayout layout, AuditLog audit) {
        this.layout = layout;
        this.audit = audit;
    }

    /** Whether {@code principal} may do so with {@code key}. */
    public boolean allows(Principal principal, Action action, ObjectKey key) {
        return allows(principal, action)
                && principal.rights().scopes().stream().anyMatch(scope -> scope.contains(key, layout));
    }

    /** @throws AccessDenied when {@code principal} must not do so with {@code key} */
    public void check(Principal principal, Action action, ObjectKey key) {
        if (!allows(principal, action, key)) {
            throw refused(principal, action, Optional.of(key.value()), "You have no right to " + action + " " + key);
        }
    }

    /** @throws AccessDenied when there is a key that begins so with which {@code principal} must not do so */
    public void check(Principal principal, Action action, KeyPrefix prefix) {
        check(principal, action);
        if (principal.rights().scopes().stream().noneMatch(scope -> scope.containsAll(prefix, layout))) {
            throw refused(
                    principal,
                    action,
                    Optional.of(prefix.value()),
                    "You have no right to " + action + " all that begins with '" + prefix
                            + "'; name a prefix within what you were given");
        }
    }

    /** @throws AccessDenied when {@code principal} must not do so at all */
    public void check(Principal principal, Action action) {
        if (!allows(principal, action)) {
            throw refused(principal, action, Optional.empty(), "Your credentials do not allow the action " + action);
        }
    }

    /**
     * Has a file changed, and tells what came of it.
     *
     * @param operation such as {@code file.put}
     */
    public <T> T audited(Principal principal, String operation, ObjectKey key, Supplier<T> change) {
        try {
            T made = change.get();
            tell(AuditEvent.of(principal, operation, key.value(), AuditEvent.OK));
            return made;
        } catch (AccessDenied told) {
            throw told;
        } catch (StorageException e) {
            tell(AuditEvent.of(principal, operation, key.value(), e.code().id()));
            throw e;
        }
    }

    /** Tells something that was done. */
    public void tell(AuditEvent event) {
        audit.add(event);
    }

    private AccessDenied refused(Principal principal, Action action, Optional<String> key, String message) {
        tell(new AuditEvent(Optional.of(principal), action.id(), key, ErrorCode.ACCESS_DENIED.id(), Map.of()));
        return new AccessDenied(message);
    }

    private static boolean allows(Principal principal, Action action) {
        return principal.rights().actions().contains(action);
    }
}
