package dev.stowage.s3;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** The store {@code s3}: a bucket of Amazon S3 or of an S3-compatible store. */
public final class S3StorageProvider implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "s3";
    }

    /**
     * Reads the {@code S3_} settings without connecting. The opener checks that the bucket responds, and creates it if it is missing and
     * {@code S3_CREATE_BUCKET} is set.
     */
    @Override
    public StorageOpener configure(Settings settings) {
        S3Config config = S3Config.read(settings);
        return environment -> S3Storage.open(config, Timeouts.DEFAULT, environment);
    }
}
