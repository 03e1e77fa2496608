package dev.stowage.core.job;

import java.util.Optional;

/**
 * What is on record of an item.
 *
 * @param number its place within the job, from 1
 * @param key the file's key; where the source had none that could be read, what stands in its place
 * @param attempts how often it was tried
 * @param error the code's name, where the latest attempt failed
 * @param message for people, where there is something to say
 */
public record ItemRecord(
        long number, String key, ItemState state, int attempts, Optional<String> error, Optional<String> message) {}
