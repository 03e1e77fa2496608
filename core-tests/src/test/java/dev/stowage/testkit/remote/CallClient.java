package dev.stowage.testkit.remote;

import dev.stowage.core.error.StorageUnavailable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends calls to a {@link CallServer} over pooled connections. Failures of a connection are {@link StorageUnavailable}. */
class CallClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 1000;
    private static final int BLOCK = 16 << 10;

    private final CallServer server;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Socket> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** @param port where {@code server} is reached */
    CallClient(CallServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Has the server run a call without a body. */
    <T> T call(Supplier<T> call) {
        return call(InputStream.nullInputStream(), body -> call.get());
    }

    /** Has the server run a call with the bytes of {@code body}, which is read once. */
    <T> T call(InputStream body, Function<byte[], T> call) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        long number = server.register(bytes -> {
            try {
                result.set(call.apply(bytes));
                failure.set(null);
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        try {
            send(number, body);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            server.forget(number);
        }
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        T returned = result.get();
        if (returned == null) {
            throw new IllegalStateException("a call returned nothing");
        }
        return returned;
    }

    /** Sends a request and waits for its answer. */
    void send(long number, InputStream body) throws IOException {
        Socket socket = connect();
        boolean answered = false;
        try {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeLong(number);
            byte[] block = new byte[BLOCK];
            for (int count = body.read(block); count >= 0; count = body.read(block)) {
                out.writeInt(count);
                out.write(block, 0, count);
            }
            out.writeInt(-1);
            int unused = new DataInputStream(socket.getInputStream()).readByte();
            answered = true;
        } finally {
            if (answered && !closed) {
                idle.add(socket);
            } else {
                discard(socket);
            }
        }
    }

    /** Returns the failure of a call. */
    StorageUnavailable failed(IOException cause) {
        return new StorageUnavailable("The store can't be reached. Try again later.", cause);
    }

    /** Returns the time-out of a connection in milliseconds, or 0 for none. */
    int timeout() {
        return TIMEOUT_MILLIS;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(this::discard);
    }

    private Socket connect() throws IOException {
        if (closed) {
            throw new IOException("the client is closed");
        }
        Socket pooled = idle.poll();
        if (pooled != null) {
            return pooled;
        }
        Socket socket = new Socket();
        open.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(timeout());
            return socket;
        } catch (IOException e) {
            discard(socket);
            throw e;
        }
    }

    private void discard(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
