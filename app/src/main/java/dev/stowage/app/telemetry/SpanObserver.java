package dev.stowage.app.telemetry;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.observe.Observer;
import dev.stowage.http.trace.TraceId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Map;
import org.slf4j.MDC;

/** Records observed work as spans. Their names and attributes contain no keys of files, which the span of the request has. */
final class SpanObserver implements Observer {

    private final Tracer tracer;

    SpanObserver(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("dev.stowage");
    }

    @Override
    public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
        return Span.current().getSpanContext().isValid() ? run(tracer.spanBuilder(name), work) : work.run();
    }

    @Override
    public <T, X extends Exception> T unit(String name, Map<String, String> details, Work<T, X> work) throws X {
        SpanBuilder span = tracer.spanBuilder(name).setNoParent();
        details.forEach((detail, value) -> span.setAttribute("stowage." + detail, value));
        return run(span, work);
    }

    private static <T, X extends Exception> T run(SpanBuilder builder, Work<T, X> work) throws X {
        Span span = builder.startSpan();
        // The threads of a request's parts have no logging context of their own.
        boolean unlogged = MDC.get(TraceId.LOG_KEY) == null;
        if (unlogged) {
            MDC.put(TraceId.LOG_KEY, span.getSpanContext().getTraceId());
        }
        Scope scope = span.makeCurrent();
        try {
            return work.run();
        } catch (Throwable e) {
            fail(span, e);
            throw e;
        } finally {
            scope.close();
            span.end();
            if (unlogged) {
                MDC.remove(TraceId.LOG_KEY);
            }
        }
    }

    /** Records the kind of a failure, and not its message, which may contain the key of a file. */
    private static void fail(Span span, Throwable failure) {
        boolean refused = failure instanceof StorageException
                && !(failure instanceof StorageUnavailable)
                && !(failure instanceof StorageRejected);
        span.setAttribute(
                "error.type",
                failure instanceof StorageException known
                        ? known.code().id()
                        : failure.getClass().getName());
        // What a client asked for in vain, or did not wait for, is no failure of the service.
        if (!refused && !(failure instanceof IOException)) {
            span.setStatus(StatusCode.ERROR);
        }
    }
}
