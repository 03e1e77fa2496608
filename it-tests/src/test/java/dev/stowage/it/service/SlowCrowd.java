package dev.stowage.it.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deliberately slow clients: sockets, served by one thread that writes a byte per second to each that sends. */
public final class SlowCrowd implements AutoCloseable {

    /** The smallest buffer of the system, so that the service is blocked soon. */
    private static final int RECEIVE_BUFFER = 4096;

    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI address;
    private final List<Socket> sending = new CopyOnWriteArrayList<>();
    private final List<Socket> silent = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();

    /** @param address the address of the service */
    public SlowCrowd(URI address) {
        this.address = address;
        Future<?> unused = feeder.scheduleAtFixedRate(() -> sending.forEach(SlowCrowd::feed), 1, 1, TimeUnit.SECONDS);
    }

    /** Adds a client that requests a file and reads nothing of it. */
    public void readNothing(String path) {
        Socket socket = connect();
        silent.add(socket);
        write(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Adds a client that stores a file, a byte per second. */
    public void sendBody(String path, long length) {
        Socket socket = connect();
        write(socket, "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        sending.add(socket);
    }

    /** Adds a client that sends the head of a request, a byte per second. */
    public void sendHead() {
        Socket socket = connect();
        write(socket, "GET /healthz HTTP/1.1\r\nX: ");
        sending.add(socket);
    }

    /** The responses to the clients that send, read to the end of the connection; empty for those without one. */
    public List<String> answers() {
        return sending.stream().map(SlowCrowd::answer).toList();
    }

    @Override
    public void close() {
        feeder.shutdownNow();
        sending.forEach(SlowCrowd::close);
        silent.forEach(SlowCrowd::close);
    }

    private Socket connect() {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends nothing more once there is a response, which a reset of the connection might discard. */
    private static void feed(Socket socket) {
        try {
            if (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write('x');
            }
        } catch (IOException ended) {
            // The service has disconnected the client, which is what the tests check.
        }
    }

    private static String answer(Socket socket) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException reset) {
            // What arrived before counts.
        }
        return answer.toString(StandardCharsets.US_ASCII);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
