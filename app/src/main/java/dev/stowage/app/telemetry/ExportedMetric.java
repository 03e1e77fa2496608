package dev.stowage.app.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;

/**
 * A metric with its values.
 *
 * @param meter one of its meters, which have the same name, description and unit
 */
record ExportedMetric(Resource resource, Meter meter, Data<?> data) implements MetricData {

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.stowage");

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public String getName() {
        return meter.getId().getName();
    }

    @Override
    public String getDescription() {
        return Objects.requireNonNullElse(meter.getId().getDescription(), "");
    }

    /** In UCUM; what it has no unit for is an annotation in braces. */
    @Override
    public String getUnit() {
        if (meter instanceof Timer || meter instanceof TimeGauge) {
            return "s";
        }
        String unit = meter.getId().getBaseUnit();
        if (unit == null) {
            return "1";
        }
        return switch (unit) {
            case "bytes" -> "By";
            case "seconds" -> "s";
            case "ms" -> "ms";
            default -> "{" + unit + "}";
        };
    }

    @Override
    public MetricDataType getType() {
        if (data instanceof HistogramData) {
            return MetricDataType.HISTOGRAM;
        }
        return data instanceof GaugeData<?> ? MetricDataType.DOUBLE_GAUGE : MetricDataType.DOUBLE_SUM;
    }

    @Override
    public Data<?> getData() {
        return data;
    }
}
