package dev.stowage.app.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The values of meters at one moment.
 *
 * @param start of counting, in nanoseconds since the epoch
 * @param now in nanoseconds since the epoch
 */
record MeterPoints(long start, long now) {

    /** Returns the values of meters of one name; empty for kinds of meters that the service does not have. */
    Optional<Data<?>> of(List<Meter> meters) {
        return meters.get(0)
                .match(
                        gauge -> Optional.of(gauge(meters)),
                        counter -> Optional.of(sum(meters)),
                        timer -> Optional.of(histogram(meters)),
                        summary -> Optional.empty(),
                        longTasks -> Optional.empty(),
                        gauge -> Optional.of(gauge(meters)),
                        counter -> Optional.of(sum(meters)),
                        timer -> Optional.empty(),
                        other -> Optional.empty());
    }

    private Data<?> gauge(List<Meter> meters) {
        return GaugeData.createDoubleGaugeData(values(meters));
    }

    private Data<?> sum(List<Meter> meters) {
        return SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, values(meters));
    }

    /** A gauge whose object is gone has no value. */
    private List<DoublePointData> values(List<Meter> meters) {
        List<DoublePointData> points = new ArrayList<>();
        for (Meter meter : meters) {
            double value = meter.measure().iterator().next().getValue();
            if (!Double.isNaN(value)) {
                points.add(DoublePointData.create(start, now, attributes(meter), value, List.of()));
            }
        }
        return points;
    }

    private Data<?> histogram(List<Meter> timers) {
        List<HistogramPointData> points = new ArrayList<>();
        for (Meter meter : timers) {
            if (meter instanceof Timer timer) {
                points.add(point(attributes(timer), timer.takeSnapshot()));
            }
        }
        return HistogramData.create(AggregationTemporality.CUMULATIVE, points);
    }

    /** Micrometer counts the values up to each bound, OpenTelemetry those between two bounds and above the last. */
    private HistogramPointData point(Attributes attributes, HistogramSnapshot snapshot) {
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            if (!Double.isInfinite(bucket.bucket())) {
                bounds.add(bucket.bucket(TimeUnit.SECONDS));
                counts.add((long) bucket.count() - below);
                below = (long) bucket.count();
            }
        }
        // The snapshot is not atomic: the total may be older than the buckets.
        counts.add(Math.max(0, snapshot.count() - below));
        return HistogramPointData.create(
                start, now, attributes, snapshot.total(TimeUnit.SECONDS), false, 0, false, 0, bounds, counts);
    }

    private static Attributes attributes(Meter meter) {
        AttributesBuilder attributes = Attributes.builder();
        meter.getId().getTags().forEach(tag -> attributes.put(tag.getKey(), tag.getValue()));
        return attributes.build();
    }
}
