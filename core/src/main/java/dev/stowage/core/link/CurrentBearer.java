package dev.stowage.core.link;

import dev.stowage.core.access.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bearer of a link during a long download of many files, which is looked up every other second at most. For one thread. */
final class CurrentBearer implements Supplier<Principal> {

    /** As long as changes of rights may take to have an effect; see {@link dev.stowage.core.port.service.Principals}. */
    private static final Duration VALID = Duration.ofSeconds(2);

    private final Supplier<Principal> lookUp;
    private final InstantSource clock;
    private @Nullable Principal bearer;
    private Instant until = Instant.MIN;

    CurrentBearer(Supplier<Principal> lookUp, InstantSource clock) {
        this.lookUp = lookUp;
        this.clock = clock;
    }

    @Override
    public Principal get() {
        Instant now = clock.instant();
        Principal known = bearer;
        if (known == null || !now.isBefore(until)) {
            known = lookUp.get();
            bearer = known;
            until = now.plus(VALID);
        }
        return known;
    }
}
