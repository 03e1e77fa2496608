package dev.stowage.testkit.remote;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs calls that are announced to it over a connection: the number of the call, and its body in blocks. It answers with one byte when the
 * call has ended. Calls themselves stay in this process.
 */
final class CallServer implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Consumer<byte[]>> calls = new ConcurrentHashMap<>();

    CallServer() {
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Registers a call, which may be announced several times. Returns its number. */
    long register(Consumer<byte[]> call) {
        long number = numbers.incrementAndGet();
        calls.put(number, call);
        return number;
    }

    void forget(long number) {
        calls.remove(number);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // The listener was closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                long number = in.readLong();
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                for (int length = in.readInt(); length >= 0; length = in.readInt()) {
                    body.writeBytes(readFully(in, length));
                }
                Consumer<byte[]> call = calls.get(number);
                if (call != null) {
                    call.accept(body.toByteArray());
                }
                out.writeByte(1);
            }
        } catch (IOException e) {
            // The client has gone; what it did not send completely is not run.
        }
    }

    private static byte[] readFully(DataInputStream in, int length) throws IOException {
        byte[] block = in.readNBytes(length);
        if (block.length < length) {
            throw new EOFException();
        }
        return block;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "call-server");
        thread.setDaemon(true);
        thread.start();
    }
}
