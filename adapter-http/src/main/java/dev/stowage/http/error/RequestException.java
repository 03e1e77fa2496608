package dev.stowage.http.error;

import java.util.Map;

/** A request was refused for a reason that only HTTP has: no such route, method or media type. */
public final class RequestException extends RuntimeException {

    private final transient Problem problem;

    public RequestException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** A problem for a failure that has its own response. */
    public RequestException(Problem problem, Exception cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** 415: the body has a type that the route does not take. */
    public static RequestException unsupportedMediaType(String message) {
        return new RequestException(new Problem(415, "UnsupportedMediaType", message));
    }

    /** 404: no endpoint has this path. */
    public static RequestException notFound(String path) {
        return new RequestException(new Problem(404, "NotFound", "No such endpoint: " + path + "; see /docs"));
    }

    /** 405, with the supported methods in {@code Allow}. */
    public static RequestException methodNotAllowed(String method, String allow) {
        return new RequestException(new Problem(
                405,
                "MethodNotAllowed",
                "This path supports " + allow + ", not " + method,
                Map.of(),
                Map.of("Allow", allow)));
    }

    /** 429: the client must wait 5 seconds before the next request. */
    public static RequestException tooManyRequests(String message) {
        return tooManyRequests(message, 5);
    }

    /** 429: the client must wait this many seconds before the next request. */
    public static RequestException tooManyRequests(String message, long seconds) {
        return new RequestException(
                new Problem(429, "TooManyRequests", message, Map.of(), Map.of("Retry-After", Long.toString(seconds))));
    }

    /** The problem that is sent to the client. */
    public Problem problem() {
        return problem;
    }
}
