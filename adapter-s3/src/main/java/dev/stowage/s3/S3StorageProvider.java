package dev.stowage.s3;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** The store {@code s3}: a bucket of Amazon S3 or of any store that speaks its protocol. */
public final class S3StorageProvider implements StorageProvider {

    @Override
    public String name() {
        return "s3";
    }

    /**
     * S3Get the {@code S3_} settings and connects to nothing. The opener checks that the bucket answers, and creates it where
     * {@code S3_CREATE_BUCKET} says so.
     */
    @Override
    public StorageOpener configure(Settings settings) {
        S3Config config = S3Config.read(settings);
        return environment -> S3Storage.open(config, Timeouts.DEFAULT, environment);
    }
}
