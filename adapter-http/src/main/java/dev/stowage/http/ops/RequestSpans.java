package dev.stowage.http.ops;

import dev.stowage.http.trace.RequestId;
import dev.stowage.http.trace.SecretPaths;
import dev.stowage.http.trace.TraceId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span for each request until its response is complete, as a child of the span in the client's {@code traceparent} (W3C Trace Context).
 * Requests of probes and scrapers have none.
 *
 * <p>The attributes are those of OpenTelemetry's <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">conventions for
 * HTTP</a>, as far as the access log has the same fields. The query is omitted, because those of signed URLs are secrets.
 */
public final class RequestSpans extends Handler.Wrapper {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final String OTHER_METHOD = "_OTHER";

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    /** @param handler handles the requests, each in the thread that calls it */
    public RequestSpans(OpenTelemetry telemetry, Handler handler) {
        super(handler);
        this.tracer = telemetry.getTracer("dev.stowage.http");
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path != null && OpsRoutes.PROBED.contains(path)) {
            return super.handle(request, response, callback);
        }
        Span span = begin(request);
        Request.addCompletionListener(request, failure -> end(span, request, response, failure));
        String trace = span.getSpanContext().getTraceId();
        TraceId.set(request, trace);
        MDC.put(TraceId.LOG_KEY, trace);
        Scope scope = span.makeCurrent();
        try {
            return super.handle(request, response, callback);
        } finally {
            scope.close();
            MDC.remove(TraceId.LOG_KEY);
        }
    }

    private Span begin(Request request) {
        Context parent = propagator.extract(Context.root(), request, Headers.GETTER);
        HttpURI uri = request.getHttpURI();
        String method = request.getMethod();
        boolean known = RequestMeters.METHODS.contains(method);
        SpanBuilder span = tracer.spanBuilder(known ? method : "HTTP")
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", known ? method : OTHER_METHOD)
                .setAttribute("url.scheme", uri.getScheme())
                .setAttribute("url.path", SecretPaths.logged(uri.getPath()))
                .setAttribute("server.address", Request.getServerName(request))
                .setAttribute("server.port", Request.getServerPort(request))
                .setAttribute("client.address", Request.getRemoteAddr(request))
                .setAttribute("stowage.request_id", RequestId.of(request));
        return span.startSpan();
    }

    private static void end(Span span, Request request, Response response, @Nullable Throwable failure) {
        if (request.getAttribute(RequestMeters.ROUTE) instanceof String route) {
            span.updateName(request.getMethod() + " " + route);
            span.setAttribute("http.route", route);
        }
        int status = response.getStatus();
        span.setAttribute("http.response.status_code", status);
        span.setAttribute("http.request.body.size", Math.max(0, Request.getContentBytesRead(request)));
        span.setAttribute("http.response.body.size", Math.max(0, Response.getContentBytesWritten(response)));
        if (failure != null || status >= FIRST_SERVER_ERROR) {
            span.setAttribute(
                    "error.type",
                    failure == null
                            ? Integer.toString(status)
                            : failure.getClass().getName());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** The headers of a request, for propagators. */
    private enum Headers implements TextMapGetter<Request> {
        GETTER;

        @Override
        public @Nullable String get(@Nullable Request request, String name) {
            return request == null ? null : request.getHeaders().get(name);
        }
    }
}
