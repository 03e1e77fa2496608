package dev.stowage.http.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as clients see it.
 *
 * @param error the machine-readable code
 * @param detail may be empty; unmodifiable
 * @param headers to send with it, such as {@code Allow}; unmodifiable
 * @param members additional members of the body that a protocol requires; if there are any, the body is a problem document of RFC 9457;
 *     unmodifiable
 */
public record Problem(
        int status,
        String error,
        String message,
        Map<String, Object> detail,
        Map<String, String> headers,
        Map<String, Object> members) {

    /** Without additional members. */
    public Problem(int status, String error, String message, Map<String, Object> detail, Map<String, String> headers) {
        this(status, error, message, detail, headers, Map.of());
    }

    /** Without detail, headers or additional members. */
    public Problem(int status, String error, String message) {
        this(status, error, message, Map.of(), Map.of());
    }

    /** The same with another status. */
    public Problem withStatus(int other) {
        return new Problem(other, error, message, detail, headers, members);
    }

    /** The same with one more header. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, error, message, detail, Map.copyOf(more), members);
    }

    /** The same with other members. */
    public Problem withMembers(Map<String, Object> others) {
        return new Problem(status, error, message, detail, headers, others);
    }

    /** The media type of the body. */
    String mediaType() {
        return members.isEmpty() ? "application/json" : "application/problem+json";
    }

    /** The body, to be written as JSON. */
    public Object body(String requestId) {
        if (members.isEmpty()) {
            return new ErrorBody(error, message, detail, requestId);
        }
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("error", error);
        all.put("message", message);
        all.put("detail", detail);
        all.put("request_id", requestId);
        return all;
    }
}
