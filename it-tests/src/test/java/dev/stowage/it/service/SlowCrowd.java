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

/** Clients that are slow on purpose: bare sockets, of which one thread feeds a byte a second to each that sends. */
public final class SlowCrowd implements AutoCloseable {

    /** The least that systems give, so that the service has to wait soon. */
    private static final int RECEIVE_BUFFER = 4096;

    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI address;
    private final List<Socket> sending = new CopyOnWriteArrayList<>();
    private final List<Socket> silent = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();

    /** @param address where the service listens */
    public SlowCrowd(URI address) {
        this.address = address;
        Future<?> unused = feeder.scheduleAtFixedRate(() -> sending.forEach(SlowCrowd::feed), 1, 1, TimeUnit.SECONDS);
    }

    /** Adds a client that asks for a file and reads nothing of it. */
    public void readNothing(String path) {
        Socket socket = connect();
        silent.add(socket);
        write(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Adds a client that stores a file, a byte a second. */
    public void sendBody(String path, long length) {
        Socket socket = connect();
        write(socket, "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        sending.add(socket);
    }

    /** Adds a client that sends the head of a request, a byte a second. */
    public void sendHead() {
        Socket socket = connect();
        write(socket, "GET /healthz HTTP/1.1\r\nX: ");
        sending.add(socket);
    }

    /** The answers of those that send, read to the end of the connection; an empty one of those that got none. */
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

    /** Nothing more once there is an answer: the system might forget it over a connection that is reset. */
    private static void feed(Socket socket) {
        try {
            if (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write('x');
            }
        } catch (IOException ended) {
            // It has been given up, which is what the tests are about.
        }
    }

    private static String answer(Socket socket) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException reset) {
            // What came before counts.
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
