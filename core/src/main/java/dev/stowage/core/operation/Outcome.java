package dev.stowage.core.operation;

import dev.stowage.core.error.StorageException;
import java.util.function.Supplier;

/** What came of an item. */
public sealed interface Outcome {

    /**
     * It is done.
     *
     * @param bytes the size of what was done
     * @param message for people; empty when there is nothing to add
     */
    record Succeeded(long bytes, String message) implements Outcome {}

    /** There was nothing to do, for this reason. */
    record Skipped(String message) implements Outcome {}

    /** It is not done; whether it is tried again depends on the reason. */
    record Failed(StorageException reason) implements Outcome {}

    /** It is done, and there is nothing to add. */
    static Outcome succeeded(long bytes) {
        return new Succeeded(bytes, "");
    }

    /** What {@code attempt} comes to. */
    static Outcome of(Supplier<Outcome> attempt) {
        try {
            return attempt.get();
        } catch (StorageException e) {
            return new Failed(e);
        }
    }
}
