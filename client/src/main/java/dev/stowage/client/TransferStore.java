package dev.stowage.client;

import java.io.IOException;
import java.util.Optional;

/**
 * Remembers unfinished transfers, so that another call, also of another process, can continue with them. An implementation keeps texts of
 * up to a few hundred characters under ids of 64 characters {@code 0-9a-f}. The text of an upload is its URL, which only its creator can
 * use; that of a download is the ETag of the bytes in its partial file.
 *
 * <p>Implementations are thread-safe when the store is used for several transfers at once.
 */
public interface TransferStore {

    /** Remembers nothing: each call starts over. */
    TransferStore NONE = new TransferStore() {

        @Override
        public Optional<String> find(String id) {
            return Optional.empty();
        }

        @Override
        public void save(String id, String state) {}

        @Override
        public void remove(String id) {}
    };

    /** Returns what was saved last; empty when there is nothing. */
    Optional<String> find(String id) throws IOException;

    /** Saves a text in place of an earlier one. It must be found after a crash of this process. */
    void save(String id, String state) throws IOException;

    /** Removes the text. Does nothing when there is none. */
    void remove(String id) throws IOException;
}
