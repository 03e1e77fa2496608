package dev.stowage.core.error;

import java.util.Optional;

/** The failures of a pass over many entries: one that can't be processed must not delay the others. For one thread. */
public final class FailureBudget {

    /** With this many failures, the store is probably unavailable, and further attempts only take time. */
    private static final int MAX = 5;

    private int count;
    private Optional<StorageException> first = Optional.empty();

    /** Counts a failure; throws it when there are too many. */
    public void note(StorageException failure) {
        if (++count == MAX) {
            throw failure;
        }
        first = first.or(() -> Optional.of(failure));
    }

    /** Called at the end of a pass; throws the last failure, if there was any. */
    public void rethrow() {
        first.ifPresent(failure -> {
            throw failure;
        });
    }
}
