package dev.stowage.core.port.service;

import dev.stowage.core.object.ObjectInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads archives, which are files with other files in them. Safe for concurrent use. */
@FunctionalInterface
public interface ArchiveFormats {

    /**
     * Opens an archive, and reads its beginning.
     *
     * @param body all of its bytes; owned by the caller
     * @throws dev.stowage.core.error.InvalidInput when its format is not supported
     * @throws IOException when {@code body} can't be read
     */
    Entries open(ObjectInfo archive, InputStream body) throws IOException;

    /**
     * The entries of an archive, in its order. Folders are left out. Memory does not grow with their number or size. For one thread.
     *
     * <p>Its methods, and the bodies of entries, throw {@link dev.stowage.core.error.InvalidInput} when the archive is damaged, and
     * {@link IOException} when the bytes can't be read.
     */
    interface Entries extends Closeable {

        /** Returns the next entry; empty at the end. The body of the previous one can't be read any more. */
        Optional<Entry> next() throws IOException;

        /** Frees what belongs to the archive, but does not close its bytes. Idempotent. */
        @Override
        void close();
    }

    /**
     * An entry.
     *
     * @param name as it is in the archive, but without {@code ./} at its beginning
     * @param unreadable why it is no file that can be read, for people
     * @param body its bytes; closing it does nothing
     */
    record Entry(String name, Optional<String> unreadable, InputStream body) {}
}
