package dev.stowage.it.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A node's way to the database or the store: a TCP proxy that can be closed, be silent, or keep HTTP requests. Safe for concurrent use. */
final class Door implements AutoCloseable {

    private enum State {
        OPEN,
        /** Connections end at once. */
        REFUSING,
        /** Connections stay, but nothing passes, as when a network drops its packets. */
        SILENT,
        CLOSED
    }

    /** Longer than the first line of a request. */
    private static final int LINE = 500;

    /** About how many bytes of a request are kept. */
    private static final int MOST = 1 << 20;

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final Map<Socket, ByteArrayOutputStream> kept = new ConcurrentHashMap<>();
    private State state = State.OPEN;
    private volatile Predicate<String> keeps = head -> false;

    /** @param target the port of the server on the loopback address */
    Door(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accepting", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections, and each new one. */
    void refuse() {
        change(State.REFUSING);
        endAll();
    }

    /** Lets nothing pass, in either direction. Connections stay. */
    void silence() {
        change(State.SILENT);
    }

    /**
     * Keeps HTTP requests that begin with a certain text: they never arrive, and are not responded to.
     *
     * @param requests decides by the beginning of a request, with its first line
     */
    void keep(Predicate<String> requests) {
        keeps = requests;
    }

    /** The requests that are kept and that the client still waits for, as far as they were sent. */
    List<String> kept() {
        return kept.values().stream()
                .map(request -> request.toString(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Lets everything pass again. What was silenced or kept ends, because a network would have lost some of it. */
    void open() {
        keeps = head -> false;
        endAll();
        change(State.OPEN);
    }

    private void change(State next) {
        synchronized (lock) {
            state = next;
            lock.notifyAll();
        }
    }

    /** Waits while the door is silent; returns whether bytes may pass. */
    private boolean passes() throws InterruptedException {
        synchronized (lock) {
            while (state == State.SILENT) {
                lock.wait();
            }
            return state == State.OPEN;
        }
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                sockets.add(client);
                start("connection", () -> connect(client));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void connect(Socket client) {
        try (client) {
            if (!passes()) {
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                sockets.add(server);
                start("to the client", () -> copy(server, client, false));
                copy(client, server, true);
                sockets.remove(server);
            }
        } catch (IOException ended) {
            // The server is gone, or the door was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    /** The client sends a request only when it has the response to the previous one, so a request begins where reading does. */
    private void copy(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[65_536];
        try (from) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n > 0 && passes() && !from.isClosed(); n = in.read(buffer)) {
                if (requests && keeps.test(new String(buffer, 0, Math.min(n, LINE), StandardCharsets.ISO_8859_1))) {
                    keep(from, in, buffer, n);
                    break;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // By the other direction, or by the door.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // The server may end a connection of which it does not get the request.
            if (!kept.containsKey(to)) {
                end(to);
            }
        }
    }

    private void keep(Socket client, InputStream in, byte[] buffer, int first) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        kept.put(client, request);
        try {
            for (int n = first; n > 0; n = in.read(buffer)) {
                request.write(buffer, 0, request.size() < MOST ? n : 0);
            }
        } finally {
            kept.remove(client);
        }
    }

    private void endAll() {
        sockets.forEach(Door::end);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "door " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end(listening);
        change(State.CLOSED);
        endAll();
    }

    private static void end(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
