package dev.stowage.core.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What an attempt at an item came to.
 *
 * @param attempts how often it was tried, this time included
 * @param state {@link ItemState#PENDING} for one to be tried again
 * @param bytes the size of what was done
 * @param error the code's name, where it failed
 * @param message for people, where there is something to say
 * @param due when it is tried again; otherwise of no meaning
 */
public record ItemResult(
        long number,
        int attempts,
        ItemState state,
        long bytes,
        Optional<String> error,
        Optional<String> message,
        Instant due) {}
