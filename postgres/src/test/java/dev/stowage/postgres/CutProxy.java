package dev.stowage.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TCP proxy between client and server that cuts a connection when the client sends a certain text. */
public final class CutProxy implements AutoCloseable {

    private record Cut(String text, boolean forwarded) {}

    private final int target;
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();

    /** Guarded by this proxy, together with the list of connections: none is made once they were closed. */
    private boolean refusing;

    public CutProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accepting", this::serve);
    }

    /** The port to connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Cuts the connection of the next client that sends the text, which the server does not get. */
    public void cutBefore(String text) {
        cut.set(new Cut(text, false));
    }

    /** Cuts the connection of the next client that sends the text, once the server has answered, which the client does not get. */
    public void cutAfter(String text) {
        cut.set(new Cut(text, true));
    }

    /** Closes all connections, and each further one at once, until {@link #accept}. */
    public synchronized void refuse() {
        refusing = true;
        closeConnections();
    }

    /** Accepts connections again. */
    public synchronized void accept() {
        refusing = false;
    }

    /** Whether the cut was made. */
    public boolean hasCut() {
        return cut.get() == null;
    }

    private void serve() {
        try {
            while (true) {
                connect(listening.accept());
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        AtomicBoolean swallow = new AtomicBoolean();
        start("to the server", () -> toServer(client, server, swallow));
        start("to the client", () -> toClient(client, server, swallow));
    }

    private void toServer(Socket client, Socket server, AtomicBoolean swallow) {
        byte[] buffer = new byte[65_536];
        try (client;
                server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                Cut made = cutBy(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                if (made != null) {
                    if (!made.forwarded()) {
                        return;
                    }
                    swallow.set(true);
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // By the other direction.
        }
    }

    /** The cut that the text of a client causes, and no later one does. */
    private @Nullable Cut cutBy(String sent) {
        Cut wanted = cut.get();
        return wanted != null && sent.contains(wanted.text()) && cut.compareAndSet(wanted, null) ? wanted : null;
    }

    private void toClient(Socket client, Socket server, AtomicBoolean swallow) {
        byte[] buffer = new byte[65_536];
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n > 0 && !swallow.get(); n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // By the other direction.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeConnections();
    }

    private void closeConnections() {
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
