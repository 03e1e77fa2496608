package dev.stowage.http.trace;

import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request: the client's {@code X-Request-Id} if it is valid, otherwise a generated one. It is in the response, in error bodies
 * and, as {@code request_id}, in every log line of the request.
 */
public final class RequestId {

    /** The header in requests and responses. */
    public static final String HEADER = "X-Request-Id";

    /** The name in the logging context. */
    public static final String LOG_KEY = "request_id";

    private static final String ATTRIBUTE = RequestId.class.getName();

    /** Ids that can neither break a log line or a header nor fill a log. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    /** Returns the id of {@code request}; repeated calls return the same id. */
    public static String of(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        String id = choose(request.getHeaders().get(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Returns the id of the request behind {@code servletRequest}. */
    public static String of(jakarta.servlet.ServletRequest servletRequest) {
        return servletRequest.getAttribute(ATTRIBUTE) instanceof String id ? id : choose(null);
    }

    private static String choose(@Nullable String proposed) {
        return proposed != null && ACCEPTED.matcher(proposed).matches()
                ? proposed
                : UUID.randomUUID().toString();
    }
}
