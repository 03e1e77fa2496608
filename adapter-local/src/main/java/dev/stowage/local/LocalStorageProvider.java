package dev.stowage.local;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.StorageProvider;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.Index;
import dev.stowage.local.url.LocalUrlSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded store, named {@code local}. It keeps everything in the data folder and has no settings of its own.
 *
 * <p>Several processes on one host may use a folder at the same time; each process opens it at most once.
 */
public final class LocalStorageProvider implements StorageProvider {

    private final PartLimits limits;

    /** Uses the part sizes of Amazon S3. */
    public LocalStorageProvider() {
        this(PartLimits.S3);
    }

    /** Uses other part sizes, so that tests need not write gigabytes. */
    LocalStorageProvider(PartLimits limits) {
        this.limits = limits;
    }

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        return new StorageOpener() {
            @Override
            public Storage open(Environment environment) {
                return LocalStorageProvider.this.open(environment);
            }

            @Override
            public Optional<StorageOpener.BackupSize> backup(Path dataDirectory, Path target) {
                return LocalBackup.copy(dataDirectory, target);
            }

            @Override
            public Optional<String> damage(Path dataDirectory) {
                return LocalBackup.damage(dataDirectory);
            }

            @Override
            public Optional<StorageOpener.BackupSize> verify(Path target) {
                return LocalBackup.verify(target);
            }
        };
    }

    private Storage open(Environment environment) {
        Path folder = environment.dataDirectory();
        try {
            BlobStore blobs = BlobStore.open(folder);
            try {
                LocalUrlSigner urls = LocalUrlSigner.open(folder, environment.clock());
                return open(environment, blobs, Index.open(folder.resolve("index.db"), blobs::sync), urls);
            } catch (IOException | RuntimeException e) {
                blobs.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageRejected(
                    "The data folder " + folder + " can't be used: " + e
                            + ". Make it writable for the user that runs the service, or set DATA_DIR to another folder",
                    e);
        }
    }

    private Storage open(Environment environment, BlobStore blobs, Index index, LocalUrlSigner urls) {
        try {
            LocalStorage storage = new LocalStorage(environment, limits, blobs, index, urls);
            storage.recover();
            storage.check();
            return storage;
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }
}
