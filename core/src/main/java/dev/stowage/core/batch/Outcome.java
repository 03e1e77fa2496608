package dev.stowage.core.batch;

import dev.stowage.core.error.StorageException;
import java.util.function.Supplier;

/** The outcome of an item. */
public sealed interface Outcome {

    /**
     * The item was processed.
     *
     * @param bytes the number of processed bytes
     * @param message for people; empty for none
     */
    record Succeeded(long bytes, String message) implements Outcome {}

    /** The item needed no processing. */
    record Skipped(String message) implements Outcome {}

    /** Processing failed; the reason determines whether the item is retried. */
    record Failed(StorageException reason) implements Outcome {}

    /** The job's filter does not select the file, so it is no item of the job. */
    record LeftOut() implements Outcome {}

    /** Returns the outcome of a processed item without a message. */
    static Outcome succeeded(long bytes) {
        return new Succeeded(bytes, "");
    }

    /** Returns the outcome of {@code attempt}. */
    static Outcome of(Supplier<Outcome> attempt) {
        try {
            return attempt.get();
        } catch (StorageException e) {
            return new Failed(e);
        }
    }
}
