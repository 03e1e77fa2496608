package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryConfigTest {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String URL = "http://localhost:4318";

    @Test
    void withoutAnEndpoint_nothingIsExported() {
        assertThat(read(Map.of()).isEnabled()).isFalse();
        assertThat(read(Map.of("OTEL_SERVICE_NAME", "files", "OTEL_TRACES_SAMPLER", "always_on"))
                        .isEnabled())
                .isFalse();
    }

    @Test
    void endpoint_exportsTracesAndMetrics_butNoLogs() {
        TelemetryConfig config = read(Map.of(ENDPOINT, URL, "OTEL_LOGS_EXPORTER", "otlp"));

        assertThat(config.properties())
                .containsEntry("otel.exporter.otlp.endpoint", new Secret(URL))
                .containsEntry("otel.exporter.otlp.protocol", new Secret("http/protobuf"))
                .containsEntry("otel.traces.exporter", new Secret("otlp"))
                .containsEntry("otel.metrics.exporter", new Secret("otlp"))
                .containsEntry("otel.logs.exporter", new Secret("none"));
    }

    @Test
    void endpointOfOneSignal_exportsThatOneOnly() {
        TelemetryConfig config = read(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", URL + "/v1/traces"));

        assertThat(config.properties())
                .containsEntry("otel.traces.exporter", new Secret("otlp"))
                .containsEntry("otel.metrics.exporter", new Secret("none"));
    }

    @Test
    void namedExporter_needsNoEndpoint() {
        assertThat(read(Map.of("OTEL_METRICS_EXPORTER", "otlp")).isEnabled()).isTrue();
    }

    @Test
    void disabled_exportsNothing() {
        assertThat(read(Map.of(ENDPOINT, URL, "OTEL_SDK_DISABLED", "TRUE")).isEnabled())
                .isFalse();
        assertThat(read(Map.of(ENDPOINT, URL, "OTEL_TRACES_EXPORTER", "none", "OTEL_METRICS_EXPORTER", "none"))
                        .isEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_EXPORTER, zipkin, 'neither otlp nor none'",
        "OTEL_METRICS_EXPORTER, prometheus, 'neither otlp nor none'",
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc, 'use http/protobuf'",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, grpc, 'use http/protobuf'",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE, delta, 'can only be cumulative'"
    })
    void whatIsNotSupported_isReported(String name, String value, String problem) {
        Settings settings = new Settings(Map.of(ENDPOINT, URL, name, value));

        TelemetryConfig.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith(name + ": ")
                .contains(problem);
    }

    @Test
    void headers_areHidden() {
        assertThat(read(Map.of(ENDPOINT, URL, "OTEL_EXPORTER_OTLP_HEADERS", "api-key=hunter2"))
                        .toString())
                .doesNotContain("hunter2");
    }

    private static TelemetryConfig read(Map<String, String> values) {
        Settings settings = new Settings(values);
        TelemetryConfig config = TelemetryConfig.from(settings);
        assertThat(settings.problems()).isEmpty();
        return config;
    }
}
