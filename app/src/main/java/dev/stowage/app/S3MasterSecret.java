package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.config.Secret;
import dev.stowage.core.disk.SecretFile;
import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The master secret of S3 key pairs: {@code S3_API_SECRET}, or else a file in {@code DATA_DIR}. Nodes with a database in PostgreSQL have
 * folders of their own, so that they need the setting.
 */
final class S3MasterSecret {

    private static final SecretFile FILE = new SecretFile("s3-api.key", "all S3 key pairs; rotate their keys then");

    private S3MasterSecret() {}

    /**
     * Returns what derives the secrets of key pairs; empty when there can be none. Creates the file if it is missing.
     *
     * @param configuration its {@code DATA_DIR} must exist, unless the database is in PostgreSQL
     * @throws StartupFailure when the file can't be read or created
     */
    static Optional<S3Secrets> open(Configuration configuration) {
        Optional<Secret> secret = configuration.access().s3Secret();
        if (secret.isPresent() || configuration.database().isPresent()) {
            return secret.map(S3Secrets::new);
        }
        try {
            return Optional.of(new S3Secrets(FILE.loadOrCreate(configuration.dataDirectory())));
        } catch (StorageRejected | IOException e) {
            throw new StartupFailure("DATA_DIR: " + FILE.name() + ": " + e.getMessage(), e);
        }
    }

    /** Copies the file, if there is one, to a backup. */
    static void copy(Path dataDirectory, Path target) throws IOException {
        FILE.copy(dataDirectory, target);
    }
}
