package dev.stowage.testkit;

import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ChangeJournal;
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
 * A store in memory, for tests of its users. It satisfies the contract of the ports except for durability, and holds each body in one
 * array.
 */
public final class InMemoryStorage implements Storage {

    /** Parts of 1 byte to 1 GiB. */
    public static final PartLimits TINY_PARTS = new PartLimits(1, 1L << 30);

    private final MemoryObjects objects;
    private final MemoryUploads uploads;
    private final MemoryUrls urls;

    /** Creates an empty store with every capability, tiny parts and the system clock. */
    public InMemoryStorage() {
        this(Tagging.MD5);
    }

    /** Creates an empty store with every capability, tiny parts and the system clock. */
    public InMemoryStorage(Tagging tagging) {
        this(TINY_PARTS, EnumSet.allOf(Capability.class), InstantSource.system(), tagging);
    }

    /**
     * Creates an empty store.
     *
     * @param limits of the parts of multipart uploads
     * @param capabilities its optional features; others are not supported
     * @param clock determines modification times
     */
    public InMemoryStorage(PartLimits limits, Set<Capability> capabilities, InstantSource clock) {
        this(limits, capabilities, clock, Tagging.MD5);
    }

    /**
     * Creates an empty store.
     *
     * @param limits of the parts of multipart uploads
     * @param capabilities its optional features; others are not supported
     * @param clock determines modification times
     * @param tagging how it creates ETags
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

    /** Signs URLs of the service itself, like the local store. */
    @Override
    public Optional<UrlSigner> signer() {
        return Optional.of(urls);
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.of(urls);
    }

    /** Deletes nothing, as the garbage collector does it. */
    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(() -> new Maintenance.Freed(0, 0));
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    @Override
    public void check() {
        objects.requireOpen();
    }

    @Override
    public void close() {
        objects.close();
    }
}
