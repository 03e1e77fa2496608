package dev.stowage.app.logging;

import java.io.IOException;

/** Takes whole lines. Safe for concurrent use; {@code toString()} is its name in messages. */
interface LineOutput extends AutoCloseable {

    /**
     * Writes a text that ends with a line end, and everything before it.
     *
     * @throws IOException when it was not written, or only in part; the next line begins on a line of its own
     */
    void write(String line) throws IOException;

    /** Starts a new output, where the output can be replaced while it is open. */
    void reopen() throws IOException;

    /** The free space in bytes; {@code Long.MAX_VALUE} where it is unknown. */
    long freeSpace();

    @Override
    void close() throws IOException;
}
