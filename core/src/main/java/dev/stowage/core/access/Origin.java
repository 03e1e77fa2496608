package dev.stowage.core.access;

import java.util.Optional;

/**
 * Who made a change, and by which request.
 *
 * @param principal the id of a {@link Principal}; empty for an anonymous one, and where it is unknown
 * @param requestId the id of the HTTP request; empty for background work
 */
public record Origin(Optional<String> principal, Optional<String> requestId) {

    /** An unknown origin. */
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());
}
