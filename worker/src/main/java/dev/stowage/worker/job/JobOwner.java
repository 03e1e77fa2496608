package dev.stowage.worker.job;

import dev.stowage.core.access.Principal;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.port.service.Principals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The owner of a job with the current rights; an owner that no longer exists has none. A job without an owner was submitted when
 * authentication was disabled, and keeps full access. For one thread.
 */
final class JobOwner implements Supplier<Principal> {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Optional<String> id;
    private final Principals principals;
    private final InstantSource clock;
    private Principal known;
    private Instant knownAt;

    JobOwner(BatchJob job, JobContext context) {
        this.id = job.owner();
        this.principals = context.principals();
        this.clock = context.clock();
        this.known = find();
        this.knownAt = clock.instant();
    }

    /** @throws dev.stowage.core.error.StorageUnavailable when the rights can't be read */
    @Override
    public Principal get() {
        Instant now = clock.instant();
        if (!now.isBefore(knownAt.plus(FRESH))) {
            known = find();
            knownAt = now;
        }
        return known;
    }

    private Principal find() {
        return principals.owner(id);
    }
}
