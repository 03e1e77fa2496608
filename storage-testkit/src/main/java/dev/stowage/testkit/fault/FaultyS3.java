package dev.stowage.testkit.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A proxy of a local S3 server that forwards requests, including their headers, except those for which a fault was planned. It records all
 * requests. Bodies are held in memory, so they should be small. Safe for concurrent use.
 */
public final class FaultyS3 implements AutoCloseable {

    private final URI upstream;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(FaultyS3::daemon);
    private final ConcurrentLinkedQueue<Plan> plans = new ConcurrentLinkedQueue<>();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Opens the proxy on a free port. */
    public FaultyS3(URI upstream) {
        this(upstream, 0);
    }

    /** Opens the proxy on a given port, such as that of a proxy that was closed. */
    public FaultyS3(URI upstream, int port) {
        this.upstream = upstream;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    /** Returns the address of the proxy. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the received requests, in order. */
    public List<Request> seen() {
        return seen;
    }

    /** Applies {@code fault} to the next request that matches {@code which}. */
    public void plan(Predicate<Request> which, Fault fault) {
        plans.add(new Plan(which, fault, false));
    }

    /** Applies {@code fault} to every request that matches {@code which}, until {@link #heal}. */
    public void planAlways(Predicate<Request> which, Fault fault) {
        plans.add(new Plan(which, fault, true));
    }

    /** Removes all planned faults. */
    public void heal() {
        plans.clear();
    }

    /** Whether the request stores an object. Parts have a query. */
    public static boolean isPut(Request request) {
        return request.method().equals("PUT") && request.query().isEmpty();
    }

    /** Whether the request stores a part. */
    public static boolean isPart(Request request) {
        return request.method().equals("PUT") && request.query().contains("partNumber");
    }

    /** Whether the request completes an upload. */
    public static boolean isCompletion(Request request) {
        return request.method().equals("POST") && request.query().startsWith("uploadId");
    }

    /** Whether the request reads an object or a list. */
    public static boolean isGet(Request request) {
        return request.method().equals("GET");
    }

    /** Forwards the request, and then responds with an error. */
    public static Fault lostAnswer() {
        return (exchange, body, forward) -> {
            forward.run();
            answer(exchange, 500, "InternalError");
        };
    }

    /** Responds with an error without forwarding the request. */
    public static Fault refusal(int status, String code) {
        return (exchange, body, forward) -> {
            body.readAllBytes();
            answer(exchange, status, code);
        };
    }

    /** Announces {@code length} bytes and closes the connection before sending them. */
    public static Fault cut(int length) {
        return (exchange, body, forward) -> {
            body.readAllBytes();
            exchange.getResponseHeaders().add("ETag", "\"abc\"");
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[length / 2]);
            exchange.getResponseBody().flush();
        };
    }

    /** Reads half of the request and closes the connection. */
    public static Fault broken() {
        return (exchange, body, forward) -> {
            int unused = body.read(new byte[1024]);
        };
    }

    /** Never responds. */
    public Fault silence() {
        return (exchange, body, forward) -> {
            body.readAllBytes();
            end.await();
        };
    }

    /** Waits, and then forwards the request. */
    public Fault pause(Duration length) {
        return (exchange, body, forward) -> {
            boolean over = end.await(length.toMillis(), TimeUnit.MILLISECONDS);
            if (!over) {
                passBack(exchange, forward.run());
            }
        };
    }

    /** Waits until a latch is released, for a minute at most, and then forwards the request. */
    public static Fault heldUntil(CountDownLatch released) {
        return (exchange, body, forward) -> {
            boolean unused = released.await(1, TimeUnit.MINUTES);
            passBack(exchange, forward.run());
        };
    }

    /** Forwards the request, and counts how many are forwarded at once. */
    public static Fault watched(InFlight watch) {
        return (exchange, body, forward) -> {
            watch.begin();
            try {
                passBack(exchange, forward.run());
            } finally {
                watch.end();
            }
        };
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    /** A replacement for forwarding a request. */
    @FunctionalInterface
    public interface Fault {

        /**
         * Handles a request. The connection is closed if there is no response at the end.
         *
         * @param body of the request, not read yet
         */
        void meet(HttpExchange exchange, InputStream body, Forward forward) throws IOException, InterruptedException;
    }

    /** Forwards the request. */
    @FunctionalInterface
    public interface Forward {

        /** Returns the whole response, headers and body. */
        byte[] run() throws IOException;
    }

    /** A received request. */
    public record Request(String method, String path, String query, Map<String, List<String>> headers) {}

    private record Plan(Predicate<Request> which, Fault fault, boolean lasting) {}

    private void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                Map.copyOf(exchange.getRequestHeaders()));
        seen.add(request);
        try (exchange) {
            Plan plan = plans.stream()
                    .filter(candidate -> candidate.which().test(request))
                    .findFirst()
                    .orElse(null);
            if (plan != null && (plan.lasting() || plans.remove(plan))) {
                plan.fault().meet(exchange, exchange.getRequestBody(), () -> forward(exchange));
            } else {
                passBack(exchange, forward(exchange));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] forward(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.getPort())) {
            OutputStream out = socket.getOutputStream();
            StringBuilder head =
                    new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " HTTP/1.1\r\n");
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Connection") && !name.equalsIgnoreCase("Expect")) {
                    values.forEach(value ->
                            head.append(name).append(": ").append(value).append("\r\n"));
                }
            });
            out.write(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return socket.getInputStream().readAllBytes();
        }
    }

    private static void passBack(HttpExchange exchange, byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] head = text.substring(0, end).split("\r\n", -1);
        int status = Integer.parseInt(head[0].split(" ", -1)[1]);
        boolean chunked = false;
        for (int i = 1; i < head.length; i++) {
            String name = head[i].substring(0, head[i].indexOf(':'));
            String value = head[i].substring(head[i].indexOf(':') + 1).strip();
            if (name.equalsIgnoreCase("Transfer-Encoding")) {
                chunked = true;
            } else if (!name.equalsIgnoreCase("Connection")
                    && !(name.equalsIgnoreCase("Content-Length") && !isHead(exchange))) {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        byte[] rest = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = chunked ? unchunk(rest) : rest;
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static byte[] unchunk(byte[] chunked) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(chunked);
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                size.append((char) c);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            if (length == 0) {
                return all.toByteArray();
            }
            all.writeBytes(in.readNBytes(length));
            in.readNBytes(2);
        }
    }

    private static void answer(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>planned</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-s3");
        thread.setDaemon(true);
        return thread;
    }
}
