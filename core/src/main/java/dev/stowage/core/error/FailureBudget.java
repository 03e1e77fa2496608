package dev.stowage.core.error;

import java.util.Optional;

/** The failures of a pass over many things: one that the store can't deal with must not keep the others waiting. For one thread. */
public final class FailureBudget {

    /** So many mean that the store is away, and that asking on only takes time. */
    private static final int MAX = 5;

    private int count;
    private Optional<StorageException> first = Optional.empty();

    /** Takes a failure down, or ends the pass with it. */
    public void note(StorageException failure) {
        if (++count == MAX) {
            throw failure;
        }
        first = first.or(() -> Optional.of(failure));
    }

    /** At the end of a pass: fails when anything did. */
    public void rethrow() {
        first.ifPresent(failure -> {
            throw failure;
        });
    }
}
