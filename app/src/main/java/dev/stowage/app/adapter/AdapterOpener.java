package dev.stowage.app.adapter;

import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import java.nio.file.Path;
import java.util.Optional;

/** The configured store of an adapter. Whatever keeps it from opening is a message for operators. */
final class AdapterOpener implements StorageOpener {

    private final StorageOpener opener;
    private final AdapterCode code;
    private final boolean isolated;

    AdapterOpener(StorageOpener opener, AdapterCode code, boolean isolated) {
        this.opener = opener;
        this.code = code;
        this.isolated = isolated;
    }

    @Override
    public Storage open(Environment environment) {
        Storage storage = code.prepare(() -> opener.open(environment));
        return isolated ? new IsolatedStorage(storage, code) : storage;
    }

    @Override
    public Optional<String> damage(Path dataDirectory) {
        return code.prepare(() -> opener.damage(dataDirectory));
    }

    @Override
    public Optional<StorageOpener.BackupSize> verify(Path target) {
        return code.prepare(() -> opener.verify(target));
    }

    @Override
    public Optional<StorageOpener.BackupSize> backup(Path dataDirectory, Path target) {
        return code.prepare(() -> opener.backup(dataDirectory, target));
    }
}
