package dev.stowage.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A TCP proxy of a server that fails on demand, for tests of stores over a network. It knows nothing of the protocol: a response is what the
 * server sends after the client has sent something. Faults last until {@link #heal}. Safe for concurrent use.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int BLOCK = 64 << 10;
    private static final int PASS_ALL = -1;

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Connection> connections = new HashSet<>();
    private boolean cut;
    private boolean stalled;
    private int answersUntilLoss = PASS_ALL;

    /** Listens on a free port of the loopback address, and connects to {@code server} for each connection. */
    public FaultyProxy(InetSocketAddress server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Returns the port on which it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Resets all connections, and every new one. */
    public synchronized void cut() {
        cut = true;
        closeAll();
    }

    /** Forwards nothing more. Connections stay open, and new ones are accepted. */
    public synchronized void stall() {
        stalled = true;
    }

    /**
     * Loses one response: the server receives the request, and the connection is reset instead of answered.
     *
     * @param passed how many answers are forwarded before
     */
    public synchronized void loseAnswer(int passed) {
        answersUntilLoss = passed;
    }

    /** Ends all faults. Connections that were reset stay closed. Returns whether a planned loss of a response was still to come. */
    public synchronized boolean heal() {
        boolean planned = answersUntilLoss != PASS_ALL;
        cut = false;
        stalled = false;
        answersUntilLoss = PASS_ALL;
        notifyAll();
        return planned;
    }

    /** Waits until clients have no connection open, at most for {@code limit}. Returns whether that is so. */
    public synchronized boolean awaitNoConnection(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); !connections.isEmpty() && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return connections.isEmpty();
    }

    @Override
    public synchronized void close() {
        closeQuietly(listener);
        stalled = false;
        closeAll();
        notifyAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                open(listener.accept());
            } catch (IOException e) {
                // The listener was closed, or the server can't be reached: the client's connection is closed.
            }
        }
    }

    private void open(Socket client) throws IOException {
        // Closing resets the connection, so that the client notices at once.
        client.setSoLinger(true, 0);
        Connection connection;
        synchronized (this) {
            if (cut) {
                client.close();
                return;
            }
            try {
                connection = new Connection(client, new Socket(server.getAddress(), server.getPort()));
            } catch (IOException e) {
                client.close();
                throw e;
            }
            connections.add(connection);
        }
        start(connection::forwardRequests);
        start(connection::forwardAnswers);
    }

    private synchronized void awaitHealing() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    /** Returns whether the response that begins now is to be lost. */
    private synchronized boolean isLost() {
        if (answersUntilLoss == PASS_ALL) {
            return false;
        }
        // After the lost response, which is number 0, all pass.
        answersUntilLoss--;
        return answersUntilLoss == PASS_ALL;
    }

    private synchronized void closeAll() {
        List.copyOf(connections).forEach(this::close);
    }

    private synchronized void close(Connection connection) {
        closeQuietly(connection.client);
        closeQuietly(connection.upstream);
        connections.remove(connection);
        notifyAll();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is closed either way.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Connection {

        private final Socket client;
        private final Socket upstream;
        private volatile boolean asked;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void forwardRequests() {
            forward(client, upstream, () -> {
                asked = true;
                return true;
            });
        }

        void forwardAnswers() {
            forward(upstream, client, () -> {
                boolean begins = asked;
                asked = false;
                return !(begins && isLost());
            });
        }

        private void forward(Socket from, Socket to, Filter filter) {
            byte[] block = new byte[BLOCK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    awaitHealing();
                    if (!filter.passes()) {
                        break;
                    }
                    out.write(block, 0, count);
                }
            } catch (IOException e) {
                // One side has closed the connection.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close(this);
            }
        }
    }

    @FunctionalInterface
    private interface Filter {

        /** Decides whether the block that was just read is forwarded; if not, the connection is closed. */
        boolean passes();
    }
}
