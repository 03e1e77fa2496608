package dev.stowage.core.port;

import java.nio.file.Path;
import java.time.InstantSource;

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
     */
    record Environment(Path dataDirectory, InstantSource clock, UploadJournal journal) {

        /** Without a journal. */
        public Environment(Path dataDirectory, InstantSource clock) {
            this(dataDirectory, clock, UploadJournal.NONE);
        }
    }
}
