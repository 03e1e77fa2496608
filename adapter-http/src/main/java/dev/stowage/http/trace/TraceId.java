package dev.stowage.http.trace;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The id of the trace that a request belongs to, if traces are exported. It is in every log line of the request. */
public final class TraceId {

    /** The name in the logging context, as OpenTelemetry defines it for logs in other formats. */
    public static final String LOG_KEY = "trace_id";

    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    /** Returns the id of {@code request}. */
    static Optional<String> of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? Optional.of(id) : Optional.empty();
    }

    /** Sets the id of {@code request}. */
    public static void set(Request request, String id) {
        request.setAttribute(ATTRIBUTE, id);
    }
}
