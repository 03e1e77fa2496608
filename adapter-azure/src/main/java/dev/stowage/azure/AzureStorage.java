package dev.stowage.azure;

import com.azure.core.util.Context;
import dev.stowage.core.adapter.CallThreads;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** An open container. */
final class AzureStorage implements Storage {

    private static final Duration CHECK = Duration.ofSeconds(2);

    /** The requests of calls that send many, of all calls and of each. */
    private static final int THREADS = 32;

    private static final int AT_ONCE = 8;

    private final AzureConfig config;
    private final AzureConnection connection;
    private final CallThreads threads = new CallThreads("stowage-azure", THREADS, AT_ONCE);
    private final Blobs blobs;
    private final AzureObjects objects;
    private final AzureUploads uploads;
    private final InstantSource clock;

    private AzureStorage(AzureConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.connection = new AzureConnection(config);
        this.blobs = new Blobs(config, connection, clock);
        BlobConcatenation concatenation = new BlobConcatenation(blobs, threads);
        Puts puts = new Puts(blobs, concatenation);
        this.objects = new AzureObjects(blobs, concatenation, puts, threads, () -> {});
        this.uploads = new AzureUploads(blobs, concatenation, puts, threads, clock);
    }

    /** Opens the container, and creates it if it is missing and the configuration permits it. */
    static AzureStorage open(AzureConfig config, InstantSource clock) {
        AzureStorage storage = new AzureStorage(config, clock);
        try {
            if (config.createContainer()) {
                storage.blobs.container().createIfNotExists();
            }
            storage.check();
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw AzureErrors.translate(e, config.container());
        }
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
        return config.container();
    }

    @Override
    public String description() {
        return "azure container " + config.container() + " at " + config.endpoint();
    }

    @Override
    public Optional<UrlSigner> signer() {
        return Optional.of(new AzureSigner(blobs, config.publicEndpoint()));
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.empty();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(new Sweep(blobs, clock));
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    @Override
    public void check() {
        Context timeout = new Context("azure-response-timeout", CHECK);
        AzureErrors.translated(
                config.container(), () -> blobs.container().getPropertiesWithResponse(null, null, timeout));
    }

    @Override
    public void close() {
        threads.close();
        connection.close();
    }
}
