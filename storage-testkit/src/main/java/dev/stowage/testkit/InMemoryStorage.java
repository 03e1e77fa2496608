package dev.stowage.testkit;

import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A store that keeps everything on the heap, for tests of what uses a store. It keeps all promises of the ports but
 * durability, and holds each body as one array. Closing it does nothing.
 */
public final class InMemoryStorage implements Storage {

    /** Parts of 1 byte to 1 GiB. */
    public static final PartLimits TINY_PARTS = new PartLimits(1, 1L << 30);

    private final MemoryObjects objects;
    private final MemoryUploads uploads;
    private final MemoryUrls urls;

    /** An empty store with every capability, tiny parts and the time of the system. */
    public InMemoryStorage() {
        this(Tagging.MD5);
    }

    /** An empty store with every capability, tiny parts and the time of the system. */
    public InMemoryStorage(Tagging tagging) {
        this(TINY_PARTS, EnumSet.allOf(Capability.class), InstantSource.system(), tagging);
    }

    /**
     * An empty store.
     *
     * @param limits of the parts of multipart uploads
     * @param capabilities what it can do beyond the basics; anything else is not supported
     * @param clock the time of what is written
     */
    public InMemoryStorage(PartLimits limits, Set<Capability> capabilities, InstantSource clock) {
        this(limits, capabilities, clock, Tagging.MD5);
    }

    /**
     * An empty store.
     *
     * @param limits of the parts of multipart uploads
     * @param capabilities what it can do beyond the basics; anything else is not supported
     * @param clock the time of what is written
     * @param tagging how it makes ETags
     */
    public InMemoryStorage(PartLimits limits, Set<Capability> capabilities, InstantSource clock, Tagging tagging) {
        this.objects = new MemoryObjects(Set.copyOf(capabilities), clock, tagging);
        this.uploads = new MemoryUploads(objects, limits, clock, tagging);
        this.urls = new MemoryUrls(clock);
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
    public String bucket() {
        return "memory";
    }

    @Override
    public String description() {
        return "in-memory store";
    }

    /** URLs of the service itself, as the local store has them. */
    @Override
    public Optional<UrlSigner> signer() {
        return Optional.of(urls);
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.of(urls);
    }

    /** Finds nothing: the heap is swept by others. */
    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(() -> new Maintenance.Freed(0, 0));
    }

    @Override
    public void check() {
        // The heap always answers.
    }

    @Override
    public void close() {
        // The garbage collector does the rest.
    }
}
