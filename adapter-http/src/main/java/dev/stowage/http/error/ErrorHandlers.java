package dev.stowage.http.error;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.trace.RequestId;
import dev.stowage.http.trace.SecretPaths;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes the responses for handlers that threw: logs what operators need and sends what clients may know. */
public final class ErrorHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);

    /** Header fields that an error response keeps: CORS, rate limits, and those that a protocol requires in every response. */
    private static final List<String> KEPT = List.of(
            "Vary",
            "Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers",
            "RateLimit-Policy",
            "RateLimit",
            "Tus-Resumable");

    private final JsonCodec json;
    private final ErrorMapper mapper;
    private final FailureLog failures = new FailureLog(System::nanoTime);

    public ErrorHandlers(JsonCodec json, ErrorMapper mapper) {
        this.json = json;
        this.mapper = mapper;
    }

    /** Registers for every exception that handlers throw, including the framework's own. */
    public void register(JavalinDefaultRoutingApi api) {
        api.exception(HttpResponseException.class, this::refused);
        api.exception(IOException.class, this::disconnected);
        api.exception(Exception.class, this::failed);
    }

    /** Responds after an error of the JVM, such as a lack of memory, with as little work as possible. */
    public void fatal(HttpServletResponse response, Error failure) {
        LOG.error("Request failed", failure);
        if (response.isCommitted()) {
            return;
        }
        String requestId = Objects.requireNonNullElse(MDC.get(RequestId.LOG_KEY), "");
        byte[] body = json.write(mapper.ofStatus(500).body(requestId));
        response.reset();
        response.setHeader(RequestId.HEADER, requestId);
        send(response, 500, body);
    }

    private void refused(HttpResponseException refusal, Context ctx) {
        if (refusal instanceof MethodNotAllowedResponse) {
            String allow = refusal.getDetails().values().stream().findFirst().orElse("");
            failed(RequestException.methodNotAllowed(ctx.req().getMethod(), allow), ctx);
        } else if (refusal instanceof NotFoundResponse) {
            failed(RequestException.notFound(ctx.path()), ctx);
        } else {
            failed(refusal, ctx);
        }
    }

    /** Stores report failures by exceptions of the core, so an I/O failure is one of the client's connection. */
    private void disconnected(IOException failure, Context ctx) {
        LOG.debug("Client disconnected: {} {}", ctx.req().getMethod(), SecretPaths.logged(ctx.path()), failure);
        if (!ctx.res().isCommitted()) {
            // The client may have closed only its sending side, or sent a malformed body, and must not take an empty
            // 200 for success.
            failed(new BrokenContent("The request could not be read to its end; send it again", failure), ctx);
        }
    }

    private void failed(Exception failure, Context ctx) {
        Problem problem = mapper.map(failure);
        failures.log(
                problem,
                failure,
                () -> ctx.req().getMethod() + " " + ctx.endpoint().path,
                SecretPaths.logged(ctx.path()));
        HttpServletResponse response = ctx.res();
        if (response.isCommitted()) {
            // The body is shorter than its Content-Length, so the server closes the connection.
            return;
        }
        String requestId = RequestId.of(ctx.req());
        UnreadBody unread = UnreadBody.of(ctx.req());
        Map<String, String> kept = kept(response);
        response.reset();
        kept.forEach(response::setHeader);
        response.setHeader(RequestId.HEADER, requestId);
        problem.headers().forEach(response::setHeader);
        if (unread.isExpected()) {
            response.setHeader("Connection", "close");
        }
        ErrorPage page = ErrorPage.of(ctx);
        if (page != null) {
            page.headers().forEach(response::setHeader);
            send(response, problem.status(), page.html(problem).getBytes(StandardCharsets.UTF_8));
        } else {
            response.setContentType(problem.mediaType());
            send(response, problem.status(), json.write(problem.body(requestId)));
        }
        unread.discard();
    }

    private static Map<String, String> kept(HttpServletResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (String name : KEPT) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static void send(HttpServletResponse response, int status, byte[] body) {
        response.setStatus(status);
        if (response.getContentType() == null) {
            response.setContentType("application/json");
        }
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("Client disconnected", e);
        }
    }
}
