package dev.stowage.it.store;

import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.local.LocalStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The open uploads in a store, independent of the service. */
public final class OpenUploads implements AutoCloseable {

    private final Function<String, List<String>> keys;
    private final Runnable onClose;

    private OpenUploads(Function<String, List<String>> keys, Runnable onClose) {
        this.keys = keys;
        this.onClose = onClose;
    }

    static OpenUploads of(OutsideClient client) {
        return new OpenUploads(client::openUploads, () -> {});
    }

    /** Those of the embedded store in a folder, through its adapter. */
    static OpenUploads embedded(Path folder) {
        Storage storage = new LocalStorageProvider()
                .configure(new Settings(Map.of()))
                .open(new StorageOpener.Environment(folder.resolve("data"), InstantSource.system()));
        return new OpenUploads(
                prefix -> storage.uploads().listUploads(new KeyPrefix(prefix), 1000, Optional.empty()).items().stream()
                        .map(upload -> upload.key().value())
                        .toList(),
                storage::close);
    }

    /** The keys under a prefix that have an open upload. */
    public List<String> keys(String prefix) {
        return keys.apply(prefix);
    }

    /** Waits until there are none under a prefix. */
    public void awaitNone(String prefix, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<String> open = keys(prefix);
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still open: " + open);
            }
            TimeUnit.MILLISECONDS.sleep(200);
            open = keys(prefix);
        }
    }

    @Override
    public void close() {
        onClose.run();
    }
}
