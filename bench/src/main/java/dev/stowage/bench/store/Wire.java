package dev.stowage.bench.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One end of a connection: reads request heads, transfers bodies. */
final class Wire {

    private static final int BUFFER = 256 << 10;
    private static final int MAX_HEAD = 16 << 10;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final byte[] head = new byte[MAX_HEAD];

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** The next head; null when the client has closed the connection. */
    @Nullable
    Head readHead() throws IOException {
        int length = 0;
        while (true) {
            if (!in.hasRemaining() && !fill()) {
                return null;
            }
            byte current = in.get();
            head[length++] = current;
            if (current == '\n' && length >= 4 && head[length - 3] == '\n') {
                return Head.parse(head, length - 4);
            }
        }
    }

    /** Reads a body into a file. */
    void readBody(long length, FileChannel file) throws IOException {
        for (long left = length; left > 0; ) {
            if (!in.hasRemaining() && !fill()) {
                throw new EOFException();
            }
            int limit = in.limit();
            in.limit((int) Math.min(limit, in.position() + left));
            left -= file.write(in);
            in.limit(limit);
        }
    }

    void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void write(FileChannel file, long offset, long length) throws IOException {
        for (long sent = 0; sent < length; ) {
            sent += file.transferTo(offset + sent, length - sent, channel);
        }
    }

    private boolean fill() throws IOException {
        in.clear();
        int count = channel.read(in);
        in.flip();
        return count > 0;
    }
}
