package dev.stowage.app.imports;

import dev.stowage.app.config.ImportConfig;
import dev.stowage.core.port.service.ImportSource;
import dev.stowage.core.spool.SpoolSpace;
import java.time.InstantSource;
import java.util.List;

/** The stores that files can be imported from. Safe for concurrent use. */
public final class ImportStores implements AutoCloseable {

    private final List<ImportStore> stores;

    /** Opens nothing: a store that can't be reached keeps neither the service nor other jobs from working. */
    public ImportStores(ImportConfig config, SpoolSpace spools, InstantSource clock) {
        stores = config.sources().stream()
                .map(source -> new ImportStore(source, spools, clock))
                .toList();
    }

    /** Returns the stores as sources of jobs. Each is opened by the first call to it. */
    public List<ImportSource> sources() {
        return stores.stream()
                .map(store -> new ImportSource(store.name(), store.principals(), new ImportedObjects(store)))
                .toList();
    }

    /** Closes what was opened. Calls that are made afterwards fail. Idempotent. */
    @Override
    public void close() {
        stores.forEach(ImportStore::close);
    }
}
