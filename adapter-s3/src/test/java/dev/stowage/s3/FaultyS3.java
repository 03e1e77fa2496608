package dev.stowage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands before an S3 server and sends requests on to it, headers and all, but for those that a fault was planned for. Keeps what it has
 * seen.
 */
final class FaultyS3 implements AutoCloseable {

    private final URI upstream;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(Workers.threads("faulty-s3"));
    private final ConcurrentLinkedQueue<Plan> plans = new ConcurrentLinkedQueue<>();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    FaultyS3(URI upstream) {
        this.upstream = upstream;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What came, in order. */
    List<Request> seen() {
        return seen;
    }

    /** The next request that {@code which} picks meets {@code fault}. */
    void plan(Predicate<Request> which, Fault fault) {
        plans.add(new Plan(which, fault));
    }

    /** Objects are put; parts have a query. */
    static boolean isPut(Request request) {
        return request.method().equals("PUT") && request.query().isEmpty();
    }

    static boolean isPart(Request request) {
        return request.method().equals("PUT") && request.query().contains("partNumber");
    }

    static boolean isCompletion(Request request) {
        return request.method().equals("POST") && request.query().startsWith("uploadId");
    }

    static boolean isGet(Request request) {
        return request.method().equals("GET");
    }

    /** Does what is asked, and then answers with an error. */
    static Fault lostAnswer() {
        return (exchange, body, forward) -> {
            forward.run();
            answer(exchange, 500, "InternalError");
        };
    }

    /** Does nothing. */
    static Fault refusal(int status, String code) {
        return (exchange, body, forward) -> answer(exchange, status, code);
    }

    /** Announces {@code length} bytes and closes the connection before. */
    static Fault cut(int length) {
        return (exchange, body, forward) -> {
            exchange.getResponseHeaders().add("ETag", "\"abc\"");
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[length / 2]);
            exchange.getResponseBody().flush();
        };
    }

    /** Never answers. */
    Fault silence() {
        return (exchange, body, forward) -> end.await();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    /** What happens instead. */
    interface Fault {
        void meet(HttpExchange exchange, byte[] body, Forward forward) throws IOException, InterruptedException;
    }

    /** Sends the request on and forgets the answer. */
    interface Forward {
        byte[] run() throws IOException;
    }

    /** A request by what tells it from others. */
    record Request(String method, String path, String query, Map<String, List<String>> headers) {}

    private record Plan(Predicate<Request> which, Fault fault) {}

    private void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                Map.copyOf(exchange.getRequestHeaders()));
        seen.add(request);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Plan plan = plans.stream()
                    .filter(candidate -> candidate.which().test(request))
                    .findFirst()
                    .orElse(null);
            if (plan != null && plans.remove(plan)) {
                plan.fault().meet(exchange, body, () -> forward(exchange, body));
            } else {
                passBack(exchange, forward(exchange, body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] forward(HttpExchange exchange, byte[] body) throws IOException {
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
        InputStream in = new java.io.ByteArrayInputStream(chunked);
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
}
