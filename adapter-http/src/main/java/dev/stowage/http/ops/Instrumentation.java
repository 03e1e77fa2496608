package dev.stowage.http.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;

/**
 * What receives the measurements of requests.
 *
 * @param telemetry receives traces; empty for none
 */
public record Instrumentation(MeterRegistry registry, Optional<OpenTelemetry> telemetry) {

    /** Traces the requests to a handler. Without a lambda, whose signature would load OpenTelemetry's classes where there is none. */
    public Handler traced(Handler handler) {
        return telemetry.isPresent() ? new RequestSpans(telemetry.get(), handler) : handler;
    }
}
