package dev.stowage.core.expiry;

import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.ObjectSummary;
import java.util.List;
import java.util.Optional;

/**
 * Some of the files that rules would take.
 *
 * @param count the number of files that were found by this call, each counted once
 * @param bytes their total size
 * @param files the first of them, at most {@link #MAX_FILES}; unmodifiable
 * @param next the cursor for the next call, which finds further files; empty when all were compared
 */
public record ExpiryPreview(long count, long bytes, List<Taken> files, Optional<String> next) {

    /** The maximum number of files that are named. */
    public static final int MAX_FILES = 100;

    public ExpiryPreview {
        files = List.copyOf(files);
    }

    /** A file, and the first rule that takes it. */
    public record Taken(ObjectSummary file, LifecycleRule rule) {}
}
