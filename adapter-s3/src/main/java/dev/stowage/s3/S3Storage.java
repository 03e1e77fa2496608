package dev.stowage.s3;

import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open bucket. */
final class S3Storage implements Storage {

    /** Within the 5 seconds that a check may take. */
    private static final Duration CHECK_LIMIT = Duration.ofMillis(4500);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final S3Config config;
    private final Connection connection;
    private final S3Wiring wiring;
    private final AtomicBoolean closed = new AtomicBoolean();

    private S3Storage(S3Config config, Connection connection, S3Wiring wiring) {
        this.config = config;
        this.connection = connection;
        this.wiring = wiring;
    }

    /** Connects, and checks that the bucket is usable. */
    static S3Storage open(S3Config config, Timeouts timeouts, StorageOpener.Environment environment) {
        return open(config, timeouts, S3Wiring.Limits.of(Runtime.getRuntime().maxMemory()), environment);
    }

    static S3Storage open(
            S3Config config, Timeouts timeouts, S3Wiring.Limits limits, StorageOpener.Environment environment) {
        Connection connection = new Connection(config, timeouts);
        try {
            new BucketCheck(connection, config).run();
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
        return new S3Storage(
                config, connection, new S3Wiring(connection, config.sizes(), timeouts, limits, environment));
    }

    @Override
    public ObjectStore objects() {
        return wiring.objects();
    }

    @Override
    public MultipartStore uploads() {
        return wiring.uploads();
    }

    @Override
    public String bucket() {
        return config.bucket();
    }

    @Override
    public String description() {
        return "s3 bucket " + config.bucket() + " "
                + config.address()
                        .endpoint()
                        .map(url -> "at " + url)
                        .orElse("in region " + config.address().region());
    }

    @Override
    public Optional<UrlSigner> signer() {
        return Optional.of(wiring.signer());
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
        try {
            connection
                    .small()
                    .headBucket(request -> request.bucket(config.bucket())
                            .overrideConfiguration(override ->
                                    override.apiCallTimeout(CHECK_LIMIT).apiCallAttemptTimeout(CHECK_LIMIT)));
        } catch (RuntimeException e) {
            throw S3Errors.bucket(e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            wiring.close(CLOSE_LIMIT);
            connection.close();
        }
    }
}
