package dev.stowage.core.access;

import java.util.Optional;

/**
 * Who made a change, and by which request.
 *
 * @param principal the id of a {@link Principal}; empty for an anonymous one, and where it is unknown
 * @param requestId the id of the HTTP request; empty for background work
 * @param reason why the service made it by itself, such as {@link #EXPIRED}; empty for what clients asked for
 */
public record Origin(Optional<String> principal, Optional<String> requestId, Optional<String> reason) {

    /** The reason of a deletion of a file that has expired. */
    public static final String EXPIRED = "expired";

    /** An unknown origin. */
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

    /** Creates the origin of what a client asked for. */
    public Origin(Optional<String> principal, Optional<String> requestId) {
        this(principal, requestId, Optional.empty());
    }
}
