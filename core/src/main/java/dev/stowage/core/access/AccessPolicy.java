package dev.stowage.core.access;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.observe.Observer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks permissions and writes the audit log. Every use case checks the key that it then uses, before it calls the store, so that a
 * refusal reveals nothing about existing files. What is not granted is refused, and refusals are written to the audit log. An observer sees
 * the use cases while they run.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessPolicy {

    /** The result of a failure that is not one of the service's own errors, such as a client that closed the connection. */
    private static final String FAILED = "failed";

    private final Permissions permissions;
    private final AuditLog audit;
    private final Origins origins;
    private final Observer observer;

    /**
     * @param layout determines the project of a key
     * @param audit receives changes and refusals
     */
    public AccessPolicy(KeyLayout layout, AuditLog audit) {
        this(layout, audit, Optional::empty, Observer.NONE);
    }

    /**
     * @param layout determines the project of a key
     * @param audit receives changes and refusals
     * @param requestId the id of the request that the calling thread handles; empty for none
     * @param observer sees the use cases: each by its name in the audit log, or that of {@link #observed}
     */
    public AccessPolicy(KeyLayout layout, AuditLog audit, Supplier<Optional<String>> requestId, Observer observer) {
        this.permissions = new Permissions(layout);
        this.audit = audit;
        this.origins = new Origins(requestId);
        this.observer = observer;
    }

    /** Returns the permissions without audit, for use within {@link #audited} and {@link #asked}, which write to the audit log. */
    public Permissions permissions() {
        return permissions;
    }

    /** Returns the origin of what the calling thread does, which stores and decorators record with each change. */
    public Supplier<Origin> origins() {
        return origins;
    }

    /** The observer of work that is not a use case. */
    public Observer observer() {
        return observer;
    }

    /** Runs a use case that {@link #audited} does not, and lets the observer see it. */
    public <T, X extends Exception> T observed(String name, Observer.Work<T, X> useCase) throws X {
        return observer.step(name, useCase);
    }

    /** Whether {@code principal} may do {@code action} with {@code key}. */
    public boolean allows(Principal principal, Action action, ObjectKey key) {
        return permissions.allows(principal, action, key);
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} on {@code key} */
    public void check(Principal principal, Action action, ObjectKey key) {
        check(principal, AuditedAction.of(action.id(), key), () -> permissions.check(principal, action, key));
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} on every key under the prefix */
    public void check(Principal principal, Action action, KeyPrefix prefix) {
        AuditedAction asked = AuditedAction.of(action.id());
        check(
                principal,
                prefix.value().isEmpty() ? asked : asked.with("prefix", prefix),
                () -> permissions.check(principal, action, prefix));
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} at all */
    public void check(Principal principal, Action action) {
        check(principal, AuditedAction.of(action.id()), () -> permissions.check(principal, action));
    }

    private void check(Principal principal, AuditedAction action, Runnable check) {
        asked(principal, action, () -> {
            check.run();
            return true;
        });
    }

    /** Runs a query that changes nothing, and writes to the audit log when it is refused. */
    public <T> T asked(Principal principal, AuditedAction action, Supplier<T> question) {
        try {
            return question.get();
        } catch (AccessDenied e) {
            record(action.by(principal, e.code().id()));
            throw e;
        }
    }

    /**
     * Makes a change and writes its result to the audit log, in one line, also when it is refused or fails.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the audit log is required and can't be written; nothing is changed then
     */
    public <T> T audited(Principal principal, AuditedAction action, Supplier<T> change) {
        return audited(principal, action, change, made -> action);
    }

    /** Like {@link #audited(Principal, AuditedAction, Supplier)}, for one file without further detail. */
    public <T> T audited(Principal principal, String operation, ObjectKey key, Supplier<T> change) {
        return audited(principal, AuditedAction.of(operation, key), change);
    }

    /**
     * Like {@link #audited(Principal, AuditedAction, Supplier)}, for an action whose detail is known only after the change.
     *
     * @param done returns the action that was done
     */
    public <T> T audited(
            Principal principal, AuditedAction action, Supplier<T> change, Function<T, AuditedAction> done) {
        return auditedOnce(principal, action, change, made -> Optional.of(done.apply(made)));
    }

    /**
     * Like {@link #audited(Principal, AuditedAction, Supplier, Function)}, for requests that may be repetitions.
     *
     * @param done returns the action that was done; empty if it was done, and written to the audit log, before
     */
    public <T> T auditedOnce(
            Principal principal, AuditedAction action, Supplier<T> change, Function<T, Optional<AuditedAction>> done) {
        audit.require();
        T made;
        try {
            made = observer.step(action.operation(), () -> acting(() -> Optional.of(principal), change));
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
     * Makes a change as the service itself, and writes it to the audit log if something was done.
     *
     * @param change returns whether something was done
     * @throws dev.stowage.core.error.StorageUnavailable when the audit log is required and can't be written; nothing is changed then
     */
    public boolean runAsService(AuditedAction action, BooleanSupplier change) {
        audit.require();
        boolean done = acting(() -> Optional.of(Principal.SERVICE), change::getAsBoolean);
        if (done) {
            record(action.by(Principal.SERVICE, AuditEvent.OK));
        }
        return done;
    }

    /**
     * Makes changes for a principal, whose id is the {@link Origin} of their events. Called for changes that are each written to the audit
     * log separately.
     *
     * @param principal returns it during the change; empty while it is unknown
     */
    public <T> T acting(Supplier<Optional<Principal>> principal, Supplier<T> change) {
        return origins.with(principal, change);
    }

    /** Deletes files that have expired, as the service itself; their events say so. Each is written to the audit log separately. */
    public <T> T expiring(Supplier<T> deletion) {
        return origins.because(Origin.EXPIRED, deletion);
    }

    /**
     * Checks that the audit log can be written. Called before changes that are each written separately, with {@link #record}.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the audit log is required and can't be written
     */
    public void require() {
        audit.require();
    }

    /** Writes an action that succeeded to the audit log. */
    public void recordDone(Principal principal, AuditedAction action) {
        record(action.by(principal, AuditEvent.OK));
    }

    /** Writes an event to the audit log. */
    public void record(AuditEvent event) {
        audit.add(event);
    }
}
