package dev.stowage.app.adapter;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store whose adapter can't be used. Commands that need no store work; all others fail with the reason. */
final class UnusableStore implements StorageOpener {

    private final String reason;
    private final @Nullable Throwable cause;

    /** @param reason for operators; says what to do */
    UnusableStore(String reason, @Nullable Throwable cause) {
        this.reason = reason;
        this.cause = cause;
    }

    @Override
    public Storage open(Environment environment) {
        throw failure();
    }

    @Override
    public Optional<String> damage(Path dataDirectory) {
        throw failure();
    }

    @Override
    public Optional<StorageOpener.BackupSize> verify(Path target) {
        throw failure();
    }

    @Override
    public Optional<StorageOpener.BackupSize> backup(Path dataDirectory, Path target) {
        throw failure();
    }

    private StorageRejected failure() {
        return new StorageRejected(reason, cause);
    }
}
