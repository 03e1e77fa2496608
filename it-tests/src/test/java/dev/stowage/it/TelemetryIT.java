package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.OtlpReceiver;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces and metrics by OpenTelemetry, as a collector receives them. */
class TelemetryIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    @TempDir
    Path folder;

    @Test
    void requestsAndJobs_areTraced_andMetricsExported() throws Exception {
        try (OtlpReceiver collector = OtlpReceiver.start()) {
            Map<String, String> settings = Map.of(
                    ENDPOINT,
                    collector.endpoint(),
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "api-key=hunter2",
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "deployment.environment.name=test",
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "100",
                    "OTEL_METRIC_EXPORT_INTERVAL",
                    "500",
                    "AUTH_MODE",
                    "keys",
                    "LOG_FORMAT",
                    "json");
            String secret;
            String job;
            String log;
            try (ServiceProcess service = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED)) {
                secret = Keys.create(folder, settings, "--name", "all", "--all-files", "--actions", "read,write,jobs");
                Api api = new Api(service.address()).as(secret);
                api.store("raw/p/a", new byte[10], "traceparent", PARENT);
                api.get(Paths.DOWNLOAD + "raw/p/none?secret=hunter3").expect(404);
                JobClient copy = JobClient.submit(api, "copy", Map.of("prefix", "raw/p/"), Map.of("prefix", "raw/q/"));
                assertThat(copy.await(api, Duration.ofSeconds(30)).path("state").asText())
                        .isEqualTo("succeeded");
                job = copy.id();
                collector.await(() -> points(collector, "http.server.requests") > 1
                        && named(collector, "job.batch").count() > 0);
                log = service.log();
                api.store("raw/p/last", new byte[1]);
            }

            List<Span> put = collector.spans().stream()
                    .filter(span -> hex(span.getTraceId()).equals(TRACE))
                    .toList();
            assertThat(put)
                    .extracting(Span::getName)
                    .containsExactlyInAnyOrder("PUT /api/v1/s3/<key>", "file.put", "store.put");
            Span request = named(put, "PUT /api/v1/s3/<key>");
            assertThat(hex(request.getParentSpanId())).isEqualTo("b7ad6b7169203331");
            assertChild(named(put, "file.put"), request);
            assertChild(named(put, "store.put"), named(put, "file.put"));

            Span batch = named(collector, "job.batch").findFirst().orElseThrow();
            assertThat(attributes(batch)).contains("stowage.job=" + job, "stowage.operation=copy");
            assertThat(named(collector, "store.copy")).singleElement().satisfies(span -> assertChild(span, batch));

            // What is left when the service stops.
            assertThat(named(collector, "PUT /api/v1/s3/<key>")).hasSize(2);
            assertThat(collector.metrics())
                    .containsKeys(
                            "http.server.requests", "jvm.memory.used", "stowage.job.items", "stowage.connections");
            assertThat(collector.metrics())
                    .hasEntrySatisfying(
                            "http.server.requests",
                            metric -> assertThat(metric.getHistogram()
                                            .getDataPoints(0)
                                            .getBucketCountsCount())
                                    .isGreaterThan(5));
            assertThat(collector.resources())
                    .allSatisfy(resource -> assertThat(
                                    resource.getAttributesList().stream().map(TelemetryIT::text))
                            .contains("service.name=stowage", "deployment.environment.name=test"));
            assertThat(collector.credentials()).containsOnly("hunter2");

            assertThat(log.lines().filter(line -> line.contains("\"logger\":\"access\"") && line.contains("raw/p/a")))
                    .singleElement()
                    .asString()
                    .contains("\"trace_id\":\"" + TRACE + "\"");
            String exported = collector.spans().toString() + collector.metrics();
            assertThat(exported + log).doesNotContain(secret).doesNotContain("hunter");
        }
    }

    @Test
    void missingCollector_isLogged_andNothingElse() throws Exception {
        // A socket that is bound and does not listen keeps the port from others.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Map<String, String> settings = Map.of(
                    ENDPOINT,
                    "http://127.0.0.1:" + nobody.getLocalPort(),
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "100",
                    "OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED",
                    "true",
                    "LOG_FORMAT",
                    "json");
            try (ServiceProcess service = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED)) {
                Api api = new Api(service.address());
                api.store("raw/p/a", new byte[10]);
                api.get("/readyz").expect(200);
                long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (service.logged("Failed to export") == 0 && System.nanoTime() < end) {
                    Thread.sleep(50);
                }

                assertThat(service.log().lines().filter(line -> line.contains("Failed to export")))
                        .isNotEmpty()
                        .allMatch(line -> line.startsWith("{") && line.contains("\"logger\":\"io.opentelemetry."));
            }
        }
    }

    @Test
    void worker_exportsItsMetrics() throws Exception {
        try (OtlpReceiver collector = OtlpReceiver.start()) {
            Map<String, String> settings = Map.of(ENDPOINT, collector.endpoint(), "OTEL_METRIC_EXPORT_INTERVAL", "200");
            try (ServiceProcess worker = ServiceProcess.startWorker(folder, settings)) {
                collector.await(() -> collector.metrics().containsKey("stowage.job.items"));
                assertThat(worker.log()).contains("working in the background");
            }
        }
    }

    @Test
    void withoutAnEndpoint_nothingOfOpenTelemetryIsLoaded() {
        try (ServiceProcess service = ServiceProcess.start(
                folder,
                Map.of(),
                Stream.concat(ServiceProcess.SHORT_LIVED.stream(), Stream.of("-Xlog:class+load:stdout"))
                        .toList())) {
            Api api = new Api(service.address());
            api.store("raw/p/a", new byte[10]);

            assertThat(service.log()).contains("dev.stowage.app.Service").doesNotContain("io.opentelemetry");
        }
    }

    @Test
    void unsupportedProtocol_isRefused() {
        Ended ended = ServiceProcess.run(
                List.of("serve"),
                folder,
                Map.of(ENDPOINT, "http://127.0.0.1:4317", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is not supported; use http/protobuf");
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int points(OtlpReceiver collector, String name) {
        return collector
                .metrics()
                .getOrDefault(name, Metric.getDefaultInstance())
                .getHistogram()
                .getDataPointsCount();
    }

    private static Stream<Span> named(OtlpReceiver collector, String name) {
        return collector.spans().stream().filter(span -> span.getName().equals(name));
    }

    private static void assertChild(Span child, Span parent) {
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
    }

    private static List<String> attributes(Span span) {
        return span.getAttributesList().stream().map(TelemetryIT::text).toList();
    }

    private static String text(KeyValue attribute) {
        return attribute.getKey() + "=" + attribute.getValue().getStringValue();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
