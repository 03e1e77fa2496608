package dev.stowage.it.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A node's way to the database: a TCP proxy that can be closed, or be silent. Safe for concurrent use. */
final class DatabaseDoor implements AutoCloseable {

    private enum State {
        OPEN,
        /** Connections end at once. */
        REFUSING,
        /** Connections stay, but nothing passes, as when a network drops its packets. */
        SILENT,
        CLOSED
    }

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private State state = State.OPEN;

    /** @param target the port of the database on the loopback address */
    DatabaseDoor(int target) {
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

    /** Lets everything pass again. What was silenced ends, because a network would have lost some of it. */
    void open() {
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
                start("to the server", () -> copy(client, server));
                copy(server, client);
                sockets.remove(server);
            }
        } catch (IOException ended) {
            // The database is gone, or the door was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n > 0 && passes() && !from.isClosed(); n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // By the other direction, or by the door.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endAll() {
        sockets.forEach(DatabaseDoor::end);
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
