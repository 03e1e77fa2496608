package dev.stowage.it.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A collector of OpenTelemetry: receives traces and metrics by OTLP over HTTP, and keeps them. */
public final class OtlpReceiver implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Resource> resources = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of the loopback address. */
    public static OtlpReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpReceiver receiver = new OtlpReceiver(server);
        server.createContext("/v1/traces", receiver::traces);
        server.createContext("/v1/metrics", receiver::metrics);
        server.start();
        return receiver;
    }

    /** The endpoint for all signals. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All spans so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The resources of all requests so far. */
    public List<Resource> resources() {
        return List.copyOf(resources);
    }

    /** The {@code api-key} headers of all requests so far. */
    public List<String> credentials() {
        return List.copyOf(credentials);
    }

    /** The latest metrics by name. */
    public Map<String, Metric> metrics() {
        return Map.copyOf(metrics);
    }

    /** Waits until something was received. */
    public void await(BooleanSupplier received) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        synchronized (this) {
            while (!received.getAsBoolean()) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new AssertionError("not received; spans: " + spans + ", metrics: " + metrics.keySet());
                }
                wait(left);
            }
        }
    }

    private void traces(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceSpansList().forEach(of -> {
            resources.add(of.getResource());
            of.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        });
        accept(exchange);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceMetricsList().forEach(of -> {
            resources.add(of.getResource());
            of.getScopeMetricsList()
                    .forEach(scope -> scope.getMetricsList().forEach(metric -> metrics.put(metric.getName(), metric)));
        });
        accept(exchange);
    }

    /** An empty response says that everything was accepted. */
    private void accept(HttpExchange exchange) throws IOException {
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
