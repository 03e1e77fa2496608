package dev.stowage.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterExportTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2025-11-30T12:00:00Z");
    private final MeterExport export = new MeterExport(() -> now);

    MeterExportTest() {
        export.add(registry);
    }

    @Test
    void counters_areSums_sinceTheStart() {
        Counter.builder("bytes.sent")
                .baseUnit("bytes")
                .tag("to", "a")
                .register(registry)
                .increment(3);
        Counter.builder("bytes.sent")
                .baseUnit("bytes")
                .tag("to", "b")
                .register(registry)
                .increment(4);
        Instant start = now;
        now = now.plusSeconds(60);

        MetricData sent = export("bytes.sent");

        assertThat(sent.getType()).isEqualTo(MetricDataType.DOUBLE_SUM);
        assertThat(sent.getUnit()).isEqualTo("By");
        assertThat(sent.getDoubleSumData().isMonotonic()).isTrue();
        assertThat(sent.getDoubleSumData().getPoints())
                .extracting(point -> point.getAttributes().get(AttributeKey.stringKey("to")), DoublePointData::getValue)
                .containsExactlyInAnyOrder(tuple("a", 3.0), tuple("b", 4.0));
        assertThat(sent.getDoubleSumData().getPoints()).allSatisfy(point -> {
            assertThat(point.getStartEpochNanos()).isEqualTo(start.getEpochSecond() * 1_000_000_000);
            assertThat(point.getEpochNanos()).isEqualTo(now.getEpochSecond() * 1_000_000_000);
        });
    }

    @Test
    void gauges_areGauges_andThoseWithoutAValueAreOmitted() {
        Gauge.builder("open.files", () -> 7).description("Files").register(registry);
        Gauge.builder("load", () -> Double.NaN).register(registry);

        MetricData open = export("open.files");
        assertThat(open.getDescription()).isEqualTo("Files");
        assertThat(open.getDoubleGaugeData().getPoints())
                .extracting(DoublePointData::getValue)
                .containsExactly(7.0);
        assertThat(export("load").getDoubleGaugeData().getPoints()).isEmpty();
    }

    @Test
    void timers_areHistograms_inSeconds() {
        Timer timer = Timer.builder("requests")
                .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofSeconds(1))
                .register(registry);
        timer.record(Duration.ofMillis(5));
        timer.record(Duration.ofMillis(500));
        timer.record(Duration.ofMillis(500));
        timer.record(Duration.ofSeconds(9));

        MetricData requests = export("requests");
        HistogramPointData point =
                requests.getHistogramData().getPoints().iterator().next();

        assertThat(requests.getUnit()).isEqualTo("s");
        assertThat(point.getBoundaries()).containsExactly(0.01, 1.0);
        assertThat(point.getCounts()).containsExactly(1L, 2L, 1L);
        assertThat(point.getCount()).isEqualTo(4);
        assertThat(point.getSum()).isEqualTo(10.005);
    }

    @Test
    void timersWithoutBuckets_haveOne() {
        Timer.builder("pauses").register(registry).record(Duration.ofSeconds(2));

        HistogramPointData point =
                export("pauses").getHistogramData().getPoints().iterator().next();

        assertThat(point.getBoundaries()).isEmpty();
        assertThat(point.getCounts()).containsExactly(1L);
        assertThat(point.getSum()).isEqualTo(2.0);
    }

    private MetricData export(String name) {
        List<MetricData> named = export.produce(Resource.empty()).stream()
                .filter(metric -> metric.getName().equals(name))
                .toList();
        assertThat(named).as(name).hasSize(1);
        return named.get(0);
    }
}
