package dev.stowage.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The chunks of a stream of unknown length. Only the current chunk can be read again. */
final class StreamChunks implements ChunkSource {

    private final PushbackInputStream stream;
    private final byte[] buffer;
    private long start;
    private int length;
    private boolean ended;

    /** @param stream closed by the caller */
    StreamChunks(InputStream stream, int chunkSize) {
        this.stream = new PushbackInputStream(stream);
        this.buffer = new byte[chunkSize];
    }

    @Override
    public Chunk read(long position) throws IOException {
        if (position < start || position > start + length) {
            throw StowageException.local(
                    StowageException.FILE_CHANGED,
                    "The service has lost bytes that can't be read again; upload it from a file instead");
        }
        if (position == start + length && !ended) {
            start += length;
            length = stream.readNBytes(buffer, 0, buffer.length);
            int next = stream.read();
            ended = next < 0;
            if (!ended) {
                stream.unread(next);
            }
        }
        int from = (int) (position - start);
        return new Chunk(
                ByteBuffer.wrap(buffer, from, length - from),
                ended ? OptionalLong.of(start + length) : OptionalLong.empty());
    }
}
