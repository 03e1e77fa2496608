package dev.stowage.core.port;

import dev.stowage.core.access.Principal;
import java.time.Instant;

/**
 * The durable record of principals that others vouch for, so that what they have begun can go on when they are not there. Every method may
 * throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 */
public interface PrincipalStore extends Principals {

    /** Notes a principal with its rights, over what was known of it. */
    void note(Principal principal, Instant now);
}
