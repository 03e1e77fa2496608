package dev.stowage.core.quota;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ProjectUsage;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.port.UrlSigner;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A store in which no project holds more than its quota. Whatever writes to it is counted and checked, so everybody has to write to this
 * one and not to the one within.
 *
 * <p>A write that the quota has no room for fails with {@link dev.stowage.core.error.QuotaExceeded}, and changes nothing. Beyond that, all
 * that the ports promise holds as the store within keeps it.
 */
public final class QuotaStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final Optional<UrlSigner> signer;
    private final SettleUsage settle;
    private final CountUsage count;

    /**
     * @param storage which is closed with this one
     * @param usage of this process, which has to say that it is alive
     */
    public QuotaStorage(
            Storage storage, ProjectUsage usage, UploadSessions sessions, ProjectQuotas quotas, InstantSource clock) {
        super(storage);
        Settlement settlement = new Settlement(storage.objects(), usage, quotas, clock);
        QuotaLedger writes = new QuotaLedger(usage, settlement);
        this.objects = new QuotaObjects(storage.objects(), quotas, writes);
        this.uploads = new QuotaUploads(storage.uploads(), sessions, quotas, usage, writes);
        // What is signed for the service itself comes back through the objects above.
        this.signer = storage.verifier().isPresent()
                ? storage.signer()
                : storage.signer().map(within -> new QuotaSigner(within, quotas, usage, clock));
        this.settle = new SettleUsage(usage, settlement, clock);
        this.count = new CountUsage(storage.objects(), usage, quotas, settlement);
    }

    /**
     * Counts the objects whose size is not known since a process ended amid a write, an answer of the store was lost, or a signed URL expired.
     * Safe alongside everything else, and may be repeated.
     *
     * @return how many objects it looked at
     * @throws dev.stowage.core.error.StorageException when the store or the record fails several times; the next call begins again
     */
    public int settle() {
        return settle.settle();
    }

    /** Whether all objects were counted once, and every change since. */
    public boolean isCounted() {
        return count.isComplete();
    }

    /**
     * Counts all objects by walking the store's list: objects from before the quotas, and changes that did not pass through the service. Safe
     * alongside everything else, and may be repeated. After a failure or a crash, what was corrected stays; the next call begins again.
     *
     * @return how many objects had been counted otherwise
     * @throws dev.stowage.core.error.StorageException when the store or the record does not answer
     */
    public long recount() {
        return count.count();
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }

    @Override
    public Optional<UrlSigner> signer() {
        return signer;
    }
}
