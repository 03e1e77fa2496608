package dev.stowage.client;

import java.io.IOException;
import java.io.OutputStream;

/** A stream, from which written bytes can't be taken back. */
final class StreamSink implements ByteSink {

    private final OutputStream stream;
    private boolean written;

    /** @param stream closed by the caller */
    StreamSink(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void begin(String etag) {}

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        stream.write(bytes, 0, length);
        written = true;
    }

    @Override
    public void restart() {
        if (written) {
            throw StowageException.local(
                    StowageException.FILE_CHANGED,
                    "The file was replaced, or does not match its digest, and a part of it was already written");
        }
    }
}
