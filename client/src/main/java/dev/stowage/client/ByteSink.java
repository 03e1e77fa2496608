package dev.stowage.client;

import java.io.IOException;

/** Where the bytes of a download go. Used by one thread. */
interface ByteSink {

    /** Is told the version of the file before its first byte. */
    void begin(String etag) throws IOException;

    void write(byte[] bytes, int length) throws IOException;

    /** Drops all bytes, because the file at the service has changed. @throws StowageException when that is not possible */
    void restart() throws IOException;
}
