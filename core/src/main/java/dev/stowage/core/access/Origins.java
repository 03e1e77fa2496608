package dev.stowage.core.access;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The origin of the changes that a thread makes, so that stores and decorators can record it. {@link AccessPolicy} sets it for each change.
 * Safe for concurrent use.
 */
public final class Origins implements Supplier<Origin> {

    private final Supplier<Optional<String>> requestId;
    /** An instance lives as long as the service, and there is no static state. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Supplier<Optional<Principal>>> current = new ThreadLocal<>();

    /** @param requestId the id of the request that the calling thread handles; empty for none */
    public Origins(Supplier<Optional<String>> requestId) {
        this.requestId = requestId;
    }

    /** Returns origins without the ids of requests. */
    public static Origins withoutRequests() {
        return new Origins(Optional::empty);
    }

    /** Makes changes in this thread for a principal, which may become known only during the work. */
    <T> T with(Supplier<Optional<Principal>> principal, Supplier<T> work) {
        Supplier<Optional<Principal>> before = current.get();
        current.set(principal);
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
        Supplier<Optional<Principal>> principal = current.get();
        return new Origin(
                principal == null ? Optional.empty() : principal.get().flatMap(Principal::id), requestId.get());
    }
}
