package dev.stowage.core.quota;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A storage that enforces the quotas of projects. It counts and checks every write, so all writes must use it and not the storage within.
 *
 * <p>A write that exceeds a quota fails with {@link dev.stowage.core.error.QuotaExceeded} and changes nothing. Otherwise it has the
 * properties of the storage within.
 */
public final class QuotaStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final Optional<UrlSigner> signer;
    private final Settlement settlement;
    private final CountUsage count;

    /**
     * @param storage closed with this one
     * @param usage of this process, which must hold a lease
     */
    public QuotaStorage(
            Storage storage, ProjectUsage usage, UploadSessions sessions, ProjectQuotas quotas, InstantSource clock) {
        super(storage);
        this.settlement = new Settlement(storage.objects(), usage, quotas, clock);
        QuotaLedger writes = new QuotaLedger(usage, settlement);
        this.objects = new QuotaObjects(storage.objects(), quotas, writes);
        this.uploads = new QuotaUploads(storage.uploads(), sessions, quotas, usage, writes);
        // URLs that lead to this service are counted by the objects above when they are used.
        this.signer = storage.verifier().isPresent()
                ? storage.signer()
                : storage.signer().map(within -> new QuotaSigner(within, quotas, usage, clock));
        this.count = new CountUsage(storage.objects(), usage, quotas, settlement);
    }

    /**
     * Measures the objects whose size is unknown because a process ended during a write, a response of the store was lost, or a signed URL
     * has expired. Safe to run concurrently with all other calls, and repeatedly.
     *
     * @return the number of measured objects
     * @throws dev.stowage.core.error.StorageException when the store or the record fails several times; the next call starts again
     */
    public int settle() {
        return settlement.settleAbandoned();
    }

    /** Whether all objects were counted once, and every change since then. */
    public boolean isCounted() {
        return count.isComplete();
    }

    /**
     * Counts all objects by listing the store: objects from before the quotas, and changes that were made directly in the store. Safe to
     * run concurrently with all other calls, and repeatedly. After a failure or a crash, corrections are kept, and the next call starts
     * again.
     *
     * @return the number of corrected objects
     * @throws dev.stowage.core.error.StorageException when the store or the record is unavailable
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
