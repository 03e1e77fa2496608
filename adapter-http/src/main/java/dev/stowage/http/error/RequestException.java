package dev.stowage.http.error;

import java.util.Map;

/** A request refused for what only HTTP knows about: no such route, method or media type. */
public final class RequestException extends RuntimeException {

    private final transient Problem problem;

    public RequestException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** What failed is told in a way of its own. */
    public RequestException(Problem problem, Exception cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** 415: the body has a type that the route does not take. */
    public static RequestException unsupportedMediaType(String message) {
        return new RequestException(new Problem(415, "UnsupportedMediaType", message));
    }

    /** 404: there is nothing at this path. */
    public static RequestException notFound(String path) {
        return new RequestException(new Problem(404, "NotFound", "No such endpoint: " + path + "; see /docs"));
    }

    /** 405, with the methods that would do in {@code Allow}. */
    public static RequestException methodNotAllowed(String method, String allow) {
        return new RequestException(new Problem(
                405,
                "MethodNotAllowed",
                "This path supports " + allow + ", not " + method,
                Map.of(),
                Map.of("Allow", allow)));
    }

    /** 429: the client is to wait before it asks again. */
    public static RequestException tooManyRequests(String message) {
        return tooManyRequests(message, 5);
    }

    /** 429: the client is to wait for so many seconds. */
    public static RequestException tooManyRequests(String message, long seconds) {
        return new RequestException(
                new Problem(429, "TooManyRequests", message, Map.of(), Map.of("Retry-After", Long.toString(seconds))));
    }

    /** What the client gets. */
    public Problem problem() {
        return problem;
    }
}
