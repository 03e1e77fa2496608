package dev.stowage.core.access;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides who may do what, and tells what they did. Every use case asks it, about the very key that it then uses and before it asks the
 * store anything; so a refusal tells nothing of what is there. What is not granted is refused, and refusals are told, too.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessPolicy {

    /** The result of what failed by no error of the service's own, such as a client that broke off. */
    private static final String FAILED = "failed";

    private final Permissions permissions;
    private final AuditLog audit;

    /**
     * @param layout which says what project a key belongs to
     * @param audit is told of what is changed and of what is refused
     */
    public AccessPolicy(KeyLayout layout, AuditLog audit) {
        this.permissions = new Permissions(layout);
        this.audit = audit;
    }

    /** Decides without telling anybody: for use within {@link #audited} and {@link #asked}, which do. */
    public Permissions permissions() {
        return permissions;
    }

    /** Whether {@code principal} may do so with {@code key}. */
    public boolean allows(Principal principal, Action action, ObjectKey key) {
        return permissions.allows(principal, action, key);
    }

    /** @throws AccessDenied when {@code principal} must not do so with {@code key} */
    public void check(Principal principal, Action action, ObjectKey key) {
        check(principal, AuditedAction.of(action.id(), key), () -> permissions.check(principal, action, key));
    }

    /** @throws AccessDenied when there is a key that begins so with which {@code principal} must not do so */
    public void check(Principal principal, Action action, KeyPrefix prefix) {
        AuditedAction asked = AuditedAction.of(action.id());
        check(
                principal,
                prefix.value().isEmpty() ? asked : asked.with("prefix", prefix),
                () -> permissions.check(principal, action, prefix));
    }

    /** @throws AccessDenied when {@code principal} must not do so at all */
    public void check(Principal principal, Action action) {
        check(principal, AuditedAction.of(action.id()), () -> permissions.check(principal, action));
    }

    private void check(Principal principal, AuditedAction action, Runnable check) {
        asked(principal, action, () -> {
            check.run();
            return true;
        });
    }

    /** Does something that changes nothing, and tells when it is refused. */
    public <T> T asked(Principal principal, AuditedAction action, Supplier<T> question) {
        try {
            return question.get();
        } catch (AccessDenied e) {
            record(action.by(principal, e.code().id()));
            throw e;
        }
    }

    /**
     * Changes something, and tells what came of it, in one line: also when it is refused, or fails.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the line could not be written and has to be; nothing is changed then
     */
    public <T> T audited(Principal principal, AuditedAction action, Supplier<T> change) {
        return audited(principal, action, change, made -> action);
    }

    /** As the other, for one file with no more to say. */
    public <T> T audited(Principal principal, String operation, ObjectKey key, Supplier<T> change) {
        return audited(principal, AuditedAction.of(operation, key), change);
    }

    /**
     * As the other, where some of what there is to tell is only known once it is done.
     *
     * @param done gives what was done
     */
    public <T> T audited(
            Principal principal, AuditedAction action, Supplier<T> change, Function<T, AuditedAction> done) {
        return auditedOnce(principal, action, change, made -> Optional.of(done.apply(made)));
    }

    /**
     * As the other, for requests that may be repetitions.
     *
     * @param done gives what was done; empty when it had been done, and told, before
     */
    public <T> T auditedOnce(
            Principal principal, AuditedAction action, Supplier<T> change, Function<T, Optional<AuditedAction>> done) {
        audit.require();
        T made;
        try {
            made = change.get();
        } catch (StorageException e) {
            record(action.by(principal, e.code().id()));
            throw e;
        } catch (RuntimeException | Error e) {
            record(action.by(principal, FAILED));
            throw e;
        }
        done.apply(made).ifPresent(what -> recordDone(principal, what));
        return made;
    }

    /**
     * Changes something as the service itself, which nobody asked just now, and tells it when it was done.
     *
     * @param change returns whether there was anything to do
     * @throws dev.stowage.core.error.StorageUnavailable when the line could not be written and has to be; nothing is changed then
     */
    public boolean unasked(AuditedAction action, BooleanSupplier change) {
        audit.require();
        boolean done = change.getAsBoolean();
        if (done) {
            record(action.by(Principal.SERVICE, AuditEvent.OK));
        }
        return done;
    }

    /**
     * To be asked before changes of which each is told by itself, by {@link #record}.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the lines could not be written and have to be
     */
    public void require() {
        audit.require();
    }

    /** Tells something that was done, by one who was not refused. */
    public void recordDone(Principal principal, AuditedAction action) {
        record(action.by(principal, AuditEvent.OK));
    }

    /** Tells something that was done. */
    public void record(AuditEvent event) {
        audit.add(event);
    }
}
