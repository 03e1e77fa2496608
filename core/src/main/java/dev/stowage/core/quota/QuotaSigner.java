package dev.stowage.core.quota;

import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A signer of URLs with which clients write directly to the store. The service does not see when and how much they write, so it measures
 * the object when the URL has expired.
 */
final class QuotaSigner implements UrlSigner {

    /** A request that begins before the expiry may continue for a while. */
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    private final UrlSigner signer;
    private final ProjectQuotas quotas;
    private final ProjectUsage usage;
    private final InstantSource clock;

    QuotaSigner(UrlSigner signer, ProjectQuotas quotas, ProjectUsage usage, InstantSource clock) {
        this.signer = signer;
        this.quotas = quotas;
        this.usage = usage;
        this.clock = clock;
    }

    /** @throws dev.stowage.core.error.QuotaExceeded for an upload when the quota is used up */
    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        Optional<Quota> quota = grant instanceof UrlGrant.Upload ? quotas.of(grant.key()) : Optional.empty();
        if (quota.isPresent()) {
            if (quota.get().limit().isPresent()) {
                QuotaSnapshot.of(usage, grant.key(), quota.get()).check(1);
            }
            usage.intend(
                    Map.of(grant.key(), quota.get().project()),
                    Optional.of(clock.instant().plus(expiresIn).plus(LONGEST_UPLOAD)));
        }
        return signer.sign(grant, expiresIn);
    }
}
