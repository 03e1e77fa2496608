package dev.stowage.it.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** A receiver of webhooks on this machine. Safe for concurrent use. */
public final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> accepted = new ArrayList<>();
    private final ToIntFunction<JsonNode> status;

    /** @param status answers a request; 0 closes the connection without an answer */
    public WebhookReceiver(IntSupplier status) {
        this(event -> status.getAsInt());
    }

    /** @param status answers a request with an event; 0 closes the connection without an answer */
    public WebhookReceiver(ToIntFunction<JsonNode> status) {
        this.status = status;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int answer = status.applyAsInt(event);
            if (answer == 0) {
                return;
            }
            if (answer < 300) {
                synchronized (accepted) {
                    accepted.add(event);
                }
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Returns the events that it has accepted, in the order of their arrival, with repetitions. */
    public List<JsonNode> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
