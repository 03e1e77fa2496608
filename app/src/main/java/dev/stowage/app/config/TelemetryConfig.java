package dev.stowage.app.config;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of OpenTelemetry: those whose names begin with {@code OTEL_}, as its
 * <a href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">specification</a> defines them. Contrary to
 * it, traces or metrics are exported only when there is an endpoint for them, or an exporter is named.
 *
 * @param properties the settings as properties of the SDK; empty when nothing is exported
 */
public record TelemetryConfig(Map<String, Secret> properties) {

    private static final String PREFIX = "OTEL_";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static final String OTLP = "otlp";
    private static final String NONE = "none";
    private static final String HTTP = "http/protobuf";

    public TelemetryConfig {
        properties = Map.copyOf(properties);
    }

    /** Whether traces or metrics are exported. */
    public boolean isEnabled() {
        return !properties.isEmpty();
    }

    /** Reads all settings of OpenTelemetry; problems are recorded in {@code settings}. */
    public static TelemetryConfig from(Settings settings) {
        Map<String, Secret> given = settings.startingWith(PREFIX);
        Map<String, Secret> all = new HashMap<>(given);
        // Read by its name, because it is the one that the documentation lists.
        boolean any = settings.url(ENDPOINT).isPresent();
        boolean disabled = text(given, "OTEL_SDK_DISABLED")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        boolean traces = exporter(settings, all, "TRACES", any);
        boolean metrics = exporter(settings, all, "METRICS", any);
        if (disabled || !(traces || metrics)) {
            return new TelemetryConfig(Map.of());
        }
        requireHttp(settings, given);
        text(given, "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE")
                .filter(preference -> !preference.equalsIgnoreCase("cumulative"))
                .ifPresent(preference -> settings.problem(
                        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                        "can only be cumulative; the collector can convert metrics to others"));
        all.put(PROTOCOL, new Secret(HTTP));
        all.put("OTEL_LOGS_EXPORTER", new Secret(NONE));
        Map<String, Secret> properties = new HashMap<>();
        all.forEach(
                (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return new TelemetryConfig(properties);
    }

    /** Whether a signal is exported; sets its exporter. */
    private static boolean exporter(Settings settings, Map<String, Secret> all, String signal, boolean endpoint) {
        String name = PREFIX + signal + "_EXPORTER";
        boolean exported = endpoint || all.containsKey("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
        String exporter = text(all, name).orElse(exported ? OTLP : NONE);
        if (!exporter.equals(OTLP) && !exporter.equals(NONE)) {
            settings.problem(name, "'" + exporter + "' is neither otlp nor none");
        }
        all.put(name, new Secret(exporter));
        return !exporter.equals(NONE);
    }

    private static void requireHttp(Settings settings, Map<String, Secret> given) {
        for (String name :
                new String[] {PROTOCOL, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"}) {
            text(given, name)
                    .filter(protocol -> !protocol.equals(HTTP))
                    .ifPresent(protocol -> settings.problem(
                            name,
                            "'" + protocol
                                    + "' is not supported; use http/protobuf, usually on port 4318 of the collector"));
        }
    }

    private static Optional<String> text(Map<String, Secret> settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(Secret::value);
    }
}
