package dev.stowage.app.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Gives the SDK the values of all meters whenever it exports. Everything is thus measured once, for {@code /metrics} and for OpenTelemetry,
 * and under the same names. Safe for concurrent use.
 */
final class MeterExport implements MetricProducer {

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private final long start;

    MeterExport(InstantSource clock) {
        this.clock = clock;
        this.start = now();
    }

    void add(MeterRegistry registry) {
        registries.add(registry);
    }

    /** A metric has the values of all meters of its name, which differ in their tags. */
    @Override
    public Collection<MetricData> produce(Resource resource) {
        MeterPoints points = new MeterPoints(start, now());
        Map<String, List<Meter>> byName = registries.stream()
                .flatMap(registry -> registry.getMeters().stream())
                .collect(Collectors.groupingBy(meter -> meter.getId().getName()));
        return byName.values().stream()
                .flatMap(meters -> points.of(meters).stream()
                        .map(data -> (MetricData) new ExportedMetric(resource, meters.get(0), data)))
                .toList();
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }
}
