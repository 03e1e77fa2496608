package dev.stowage.core.link;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Link;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.error.TooManyAttempts;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.core.port.service.PasswordHash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The passwords of links, with a limit on attempts. Safe for concurrent use. */
final class LinkPasswords {

    /** Fewer than a link's attempts, which right passwords count as, too, while they are compared. A comparison takes a processor. */
    private static final int AT_ONCE = 2;

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final LinkRecords records;
    private final PasswordHash hash;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final Semaphore comparisons = new Semaphore(AT_ONCE, true);

    LinkPasswords(LinkRecords records, PasswordHash hash, AccessPolicy access, InstantSource clock) {
        this.records = records;
        this.hash = hash;
        this.access = access;
        this.clock = clock;
    }

    Optional<Secret> hash(Optional<Secret> password) {
        return password.map(hash::hash);
    }

    /** See {@link Links#admits}. */
    boolean admit(OpenLink open, Secret password) {
        acquire();
        try {
            return compare(open, password);
        } finally {
            comparisons.release();
        }
    }

    private boolean compare(OpenLink open, Secret password) {
        Link link = open.link();
        Instant now = clock.instant();
        records.attempt(link.id(), now).ifPresent(until -> {
            throw new TooManyAttempts(Duration.between(now, until));
        });
        boolean right = open.stored()
                .password()
                .filter(stored -> hash.matches(password, stored))
                .isPresent();
        if (right) {
            records.passed(link.id());
        } else {
            access.record(AuditedAction.of("link.password")
                    .with("link", link.id())
                    .by(open.bearer(), ErrorCode.ACCESS_DENIED.id()));
        }
        return right;
    }

    private void acquire() {
        try {
            if (!comparisons.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable("Many passwords are being compared; try again", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("Interrupted while waiting to compare a password", e);
        }
    }
}
