package dev.stowage.it.example;

import com.fasterxml.jackson.core.JsonFactory;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.testkit.InMemoryStorage;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The example: the in-memory store of the contract kit, with a name from the settings. It uses two libraries, as adapters do. */
final class MemoryStorage implements Storage {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryStorage.class);

    private final MemoryConfig config;
    private final InMemoryStorage memory;

    MemoryStorage(MemoryConfig config, InstantSource clock) {
        this.config = config;
        this.memory = new InMemoryStorage(
                new PartLimits(config.minPartSize(), PartLimits.S3.maxSize()), EnumSet.allOf(Capability.class), clock);
        LOG.info("Jackson {} is at work", new JsonFactory().version());
    }

    @Override
    public ObjectStore objects() {
        return memory.objects();
    }

    @Override
    public MultipartStore uploads() {
        return memory.uploads();
    }

    @Override
    public String bucket() {
        return config.bucket();
    }

    @Override
    public String description() {
        return "memory, forgotten when the service ends";
    }

    @Override
    public Optional<UrlSigner> signer() {
        return Optional.empty();
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.empty();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.empty();
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    @Override
    public void check() {
        memory.check();
    }

    @Override
    public void close() {
        memory.close();
    }
}
