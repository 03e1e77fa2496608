package dev.stowage.core.port;

import dev.stowage.core.access.Origin;
import dev.stowage.core.spool.SpoolSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** A configured store that is ready to be opened. */
@FunctionalInterface
public interface StorageOpener {

    /**
     * Opens the store and checks that it can be used, within 30 seconds.
     *
     * @param environment the resources that the service shares with the store
     * @throws dev.stowage.core.error.StorageException when the store can't be used; the message says what to do
     */
    Storage open(Environment environment);

    /**
     * The resources that the service shares with the store.
     *
     * @param dataDirectory where local data is kept; it exists and is writable
     * @param clock the current time
     * @param journal records the multipart uploads that the store creates on its own
     * @param spools disk space for bodies that can't be streamed to the store; the budget is shared with other uses
     * @param origins the origin of the change that the calling thread makes, for a store with a {@link ChangeJournal}
     */
    record Environment(
            Path dataDirectory,
            InstantSource clock,
            UploadJournal journal,
            SpoolSpace spools,
            Supplier<Origin> origins) {

        /** Creates an environment in which the origin of changes is unknown. */
        public Environment(Path dataDirectory, InstantSource clock, UploadJournal journal, SpoolSpace spools) {
            this(dataDirectory, clock, journal, spools, () -> Origin.UNKNOWN);
        }

        /** Creates an environment with spool space in the system's temporary directory. */
        public Environment(Path dataDirectory, InstantSource clock, UploadJournal journal) {
            this(dataDirectory, clock, journal, SpoolSpace.ofSystem());
        }

        /** Creates an environment without a journal. */
        public Environment(Path dataDirectory, InstantSource clock) {
            this(dataDirectory, clock, UploadJournal.NONE);
        }
    }

    /**
     * Checks the store's data in the data directory for damage by reading all of it. The store may be in use.
     *
     * @return a description of the damage, for operators; empty when none was found, or the store keeps no data there
     */
    default Optional<String> damage(Path dataDirectory) {
        return Optional.empty();
    }

    /**
     * Verifies a copy that {@link #backup} made: that it is not damaged, and that every file it references exists with the right size.
     *
     * @param target the directory of the copy; no service may be running on it
     * @return the size of the copy; empty when the store keeps no data there
     * @throws dev.stowage.core.error.StorageRejected when the copy can't be used; the message says why
     */
    default Optional<BackupSize> verify(Path target) {
        return Optional.empty();
    }

    /**
     * Copies the store's data in the data directory, as of one moment during the call, also while it is in use. A service that is started
     * on the copy has the files of that moment. After an interruption or a failure, the copy is incomplete and must not be used.
     *
     * @param dataDirectory of the store, which need not be open
     * @param target an existing directory that contains no store
     * @return the size of the copy; empty when the store keeps no data there
     */
    default Optional<BackupSize> backup(Path dataDirectory, Path target) {
        return Optional.empty();
    }

    /**
     * The size of a backup.
     *
     * @param files the number of data files
     * @param bytes the total size of these files
     */
    record BackupSize(long files, long bytes) {}
}
