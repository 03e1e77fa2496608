package dev.stowage.core.access;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The origin of the changes that a thread makes, so that stores and decorators can record it. {@link AccessPolicy} sets it for each change.
 * Safe for concurrent use.
 */
final class Origins implements Supplier<Origin> {

    private final Supplier<Optional<String>> requestId;
    /** An instance lives as long as the service, and there is no static state. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Doer> current = new ThreadLocal<>();

    /** @param requestId the id of the request that the calling thread handles; empty for none */
    Origins(Supplier<Optional<String>> requestId) {
        this.requestId = requestId;
    }

    private record Doer(Supplier<Optional<Principal>> principal, Optional<String> reason) {}

    /** Makes changes in this thread for a principal, which may become known only during the work. */
    <T> T with(Supplier<Optional<Principal>> principal, Supplier<T> work) {
        return with(new Doer(principal, Optional.empty()), work);
    }

    /** Makes changes in this thread as the service itself, for a reason. */
    <T> T because(String reason, Supplier<T> work) {
        return with(new Doer(() -> Optional.of(Principal.SERVICE), Optional.of(reason)), work);
    }

    private <T> T with(Doer doer, Supplier<T> work) {
        Doer before = current.get();
        current.set(doer);
        try {
            return work.get();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    /** Returns the origin of what the calling thread does now. */
    @Override
    public Origin get() {
        Doer doer = current.get();
        return doer == null
                ? new Origin(Optional.empty(), requestId.get())
                : new Origin(doer.principal().get().flatMap(Principal::id), requestId.get(), doer.reason());
    }
}
