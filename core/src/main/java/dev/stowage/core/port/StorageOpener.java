package dev.stowage.core.port;

import dev.stowage.core.spool.SpoolSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A store whose settings are in order, ready to be opened. */
@FunctionalInterface
public interface StorageOpener {

    /**
     * Opens the store and checks that it can be used; bounded, at most 30 seconds.
     *
     * @param environment what the service shares with its store
     * @throws dev.stowage.core.error.StorageException when it can't be used; the message says what to do
     */
    Storage open(Environment environment);

    /**
     * What the service shares with its store.
     *
     * @param dataDirectory where local data is kept; there, and writable
     * @param clock the time
     * @param journal where multipart uploads are noted that the store begins by itself
     * @param spools room on disk for bodies that the store can't take as they come; it has a budget, which others use, too
     */
    record Environment(Path dataDirectory, InstantSource clock, UploadJournal journal, SpoolSpace spools) {

        /** With room in the system's temporary folder. */
        public Environment(Path dataDirectory, InstantSource clock, UploadJournal journal) {
            this(dataDirectory, clock, journal, SpoolSpace.ofSystem());
        }

        /** Without a journal. */
        public Environment(Path dataDirectory, InstantSource clock) {
            this(dataDirectory, clock, UploadJournal.NONE);
        }
    }

    /**
     * Looks for damage in what the store keeps in the data folder about its files, while it is in use or not; reads all of that.
     *
     * @return what is wrong, for operators; empty when nothing was found, or the store keeps nothing there
     */
    default Optional<String> damage(Path dataDirectory) {
        return Optional.empty();
    }

    /**
     * Checks a copy that {@link #backup} made: that it has no damage, and that every file it names is there with its size.
     *
     * @param target the folder of the copy, in which no service runs
     * @return how large it is; empty when the store keeps nothing there
     * @throws dev.stowage.core.error.StorageRejected when it can't be used; the message says what is wrong
     */
    default Optional<BackupSize> verify(Path target) {
        return Optional.empty();
    }

    /**
     * Copies what the store keeps in the data folder, as it is at one moment during the call and while it is in use, so that a service
     * that is started on the copy has the files of that moment. Interrupted or failed, it leaves a copy that is not to be used.
     *
     * @param dataDirectory of the store, which need not be open
     * @param target a folder that is there, with no store in it
     * @return empty when the store keeps nothing there
     */
    default Optional<BackupSize> backup(Path dataDirectory, Path target) {
        return Optional.empty();
    }
}
