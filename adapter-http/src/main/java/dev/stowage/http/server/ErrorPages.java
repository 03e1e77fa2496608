package dev.stowage.http.server;

import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.Problem;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.protocol.SideErrors;
import dev.stowage.http.protocol.SidePort;
import dev.stowage.http.trace.RequestId;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the responses for failures outside the routes: malformed HTTP, headers that are too large, a server that is stopping. */
final class ErrorPages implements Request.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final JsonCodec json;
    private final ErrorMapper mapper;
    private final Set<String> corsOrigins;
    private final Optional<SideErrors> side;

    /**
     * @param corsOrigins whose pages may read the responses, or {@code *}
     * @param side the form of the responses on the port of another protocol
     */
    ErrorPages(JsonCodec json, ErrorMapper mapper, Set<String> corsOrigins, Optional<SideErrors> side) {
        this.json = json;
        this.mapper = mapper;
        this.corsOrigins = corsOrigins;
        this.side = side;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = problem(request, response);
        if (problem.status() == 500) {
            LOG.atError().setCause(cause(request)).log("{} failed below the routes", request.getMethod());
        }
        String requestId = RequestId.of(request);
        response.setStatus(problem.status());
        response.getHeaders().put(RequestId.HEADER, requestId);
        problem.headers().forEach(response.getHeaders()::put);
        byte[] body = body(problem, request, response, requestId);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        CrossOrigin.allow(corsOrigins, request, response);
        if (mayEndConnection(request)) {
            // Otherwise the client would send its next request on a connection that is being closed.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private byte[] body(Problem problem, Request request, Response response, String requestId) {
        if (side.isPresent() && SidePort.received(request)) {
            return side.get()
                    .document(
                            response,
                            problem.status(),
                            problem.message(),
                            Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"),
                            requestId);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        return json.write(problem.body(requestId));
    }

    /**
     * The server closes the connection after a header section that it could not read, which then has no fields, and after an unread body.
     */
    private static boolean mayEndConnection(Request request) {
        HttpFields fields = request.getHeaders();
        return fields.size() == 0
                || fields.contains(HttpHeader.TRANSFER_ENCODING)
                || fields.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    private Problem problem(Request request, Response response) {
        Throwable cause = cause(request);
        return cause == null ? mapper.ofStatus(response.getStatus()) : mapper.map(cause);
    }

    private static @Nullable Throwable cause(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable cause ? cause : null;
    }
}
