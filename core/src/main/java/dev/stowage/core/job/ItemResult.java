package dev.stowage.core.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The result of an attempt at an item.
 *
 * @param attempts the number of attempts, including this one
 * @param state {@link ItemState#PENDING} if the item is to be retried
 * @param bytes the number of processed bytes
 * @param error the error code, if it failed
 * @param message for people, if any
 * @param due when to retry it; ignored in other states
 */
public record ItemResult(
        long number,
        int attempts,
        ItemState state,
        long bytes,
        Optional<String> error,
        Optional<String> message,
        Instant due) {

    /** Replaces NUL and unpaired surrogates in the message by U+FFFD. */
    public ItemResult {
        message = message.map(StorableText::of);
    }
}
