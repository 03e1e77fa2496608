package dev.stowage.core.port.records;

import dev.stowage.core.access.Principal;
import dev.stowage.core.port.service.Principals;
import java.time.Instant;

/**
 * The durable record of principals that an external issuer authenticates, so that their work can continue while they make no requests.
 * Every method may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is
 * bounded.
 */
public interface PrincipalStore extends Principals {

    /** Records a principal with its rights, replacing what was recorded before. */
    void note(Principal principal, Instant now);
}
