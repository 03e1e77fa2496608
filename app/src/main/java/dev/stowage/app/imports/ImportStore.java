package dev.stowage.app.imports;

import dev.stowage.app.config.ImportConfig;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.spool.SpoolSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One store that files can be imported from. It is opened when it is first used, and stays open. Safe for concurrent use. */
final class ImportStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportStore.class);

    /** Opening may take half a minute, so callers share the outcome of an attempt. */
    private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(10);

    private final ImportConfig.Source source;
    private final SpoolSpace spools;
    private final InstantSource clock;
    private Optional<Storage> open = Optional.empty();
    private Optional<StorageException> failure = Optional.empty();
    private Instant attemptAt = Instant.MIN;
    private boolean closed;

    ImportStore(ImportConfig.Source source, SpoolSpace spools, InstantSource clock) {
        this.source = source;
        this.spools = spools;
        this.clock = clock;
    }

    String name() {
        return source.name();
    }

    Set<String> principals() {
        return source.principals();
    }

    /**
     * Returns the objects. A failure is thrown again for some seconds without another attempt.
     *
     * @throws StorageException when the store can't be opened; the reason, which may name hosts and folders, is in the log only
     */
    synchronized ObjectStore objects() {
        if (closed) {
            throw new StorageUnavailable("The service is being stopped", null);
        }
        if (open.isEmpty()) {
            if (clock.instant().isBefore(attemptAt) && failure.isPresent()) {
                throw failure.get();
            }
            open();
        }
        return open.orElseThrow().objects();
    }

    private void open() {
        try {
            Storage storage = storage();
            open = Optional.of(storage);
            failure = Optional.empty();
            LOG.atInfo()
                    .addKeyValue("source", source.name())
                    .log("Opened the import source, {}", storage.description());
        } catch (StorageException e) {
            LOG.atWarn()
                    .addKeyValue("source", source.name())
                    .log("The import source can't be opened: {}", e.getMessage());
            String message = "The import source " + source.name() + " can't be opened; the log of the service says why";
            StorageException told = e instanceof StorageUnavailable
                    ? new StorageUnavailable(message, e)
                    : new StorageRejected(message, e);
            failure = Optional.of(told);
            attemptAt = clock.instant().plus(NEXT_ATTEMPT);
            throw told;
        }
    }

    /** An embedded store in the wrong folder would be created, and be empty. */
    private Storage storage() {
        if (source.embedded() && !Files.exists(source.folder().resolve("index.db"))) {
            throw new StorageRejected(
                    "There is no embedded store in " + source.folder().toAbsolutePath(), null);
        }
        try {
            Files.createDirectories(source.folder());
        } catch (IOException e) {
            throw new StorageRejected("The folder " + source.folder() + " can't be created: " + e, e);
        }
        return source.opener().open(new Environment(source.folder(), clock, UploadJournal.NONE, spools));
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.ifPresent(Storage::close);
        open = Optional.empty();
    }
}
