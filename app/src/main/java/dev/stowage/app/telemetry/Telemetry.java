package dev.stowage.app.telemetry;

import dev.stowage.app.config.TelemetryConfig;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.Storage;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The export of traces and metrics. Safe for concurrent use. */
public final class Telemetry implements AutoCloseable {

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    /** What the SDK calls a service that has no name. */
    private static final String UNNAMED = "unknown_service";

    private static final int FLUSH_SECONDS = 5;

    private final OpenTelemetrySdk sdk;
    private final MeterExport meters;
    private final Observer observer;

    private Telemetry(OpenTelemetrySdk sdk, MeterExport meters) {
        this.sdk = sdk;
        this.meters = meters;
        this.observer = new SpanObserver(sdk);
    }

    /**
     * Starts to export, on threads of the SDK. What can't be exported is logged, counted and dropped.
     *
     * @param version of the service
     * @param clock for the time of metrics
     * @param process distinguishes this process from others of the service
     * @throws IllegalArgumentException when a setting is not valid; the message says which
     */
    public static Telemetry start(TelemetryConfig config, String version, ProcessId process, InstantSource clock) {
        // The SDK logs to java.util.logging, which would write to the standard error.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        MeterExport meters = new MeterExport(clock);
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(environment -> properties(config))
                    .addResourceCustomizer((resource, environment) -> named(resource, version, process))
                    .addMeterProviderCustomizer((provider, environment) -> provider.registerMetricProducer(meters))
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(sdk, meters);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Map<String, String> properties(TelemetryConfig config) {
        Map<String, String> properties = new HashMap<>();
        config.properties().forEach((name, value) -> properties.put(name, value.value()));
        return properties;
    }

    private static Resource named(Resource resource, String version, ProcessId process) {
        ResourceBuilder named = Resource.builder()
                .put("service.version", version)
                .put("service.instance.id", process.value())
                .putAll(resource);
        String name = resource.getAttribute(SERVICE);
        if (name == null || name.startsWith(UNNAMED)) {
            named.put(SERVICE, "stowage");
        }
        return named.build();
    }

    /** Receives the traces of requests. */
    public OpenTelemetry api() {
        return sdk;
    }

    /** Receives the traces of use cases and of jobs. */
    public Observer observer() {
        return observer;
    }

    /** Returns a store whose calls are part of traces. It closes {@code storage}. */
    public Storage traced(Storage storage) {
        return new TracedStorage(storage, observer);
    }

    /** Exports the meters in {@code registry}, too. */
    public void export(MeterRegistry registry) {
        meters.add(registry);
    }

    /** Exports what is left, for at most five seconds. Idempotent. */
    @Override
    public void close() {
        CompletableResultCode unused = sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
