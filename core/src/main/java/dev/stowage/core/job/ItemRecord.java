package dev.stowage.core.job;

import java.util.Optional;

/**
 * The recorded state of an item.
 *
 * @param number its position in the job, from 1
 * @param key of the file, or the unreadable entry of the source
 * @param attempts the number of attempts
 * @param error the error code, if the latest attempt failed
 * @param message for people, if any
 */
public record ItemRecord(
        long number, String key, ItemState state, int attempts, Optional<String> error, Optional<String> message) {}
