package dev.stowage.http.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as clients see it.
 *
 * @param error the machine-readable name
 * @param detail may be empty; unmodifiable
 * @param headers that go with it, such as {@code Allow}; unmodifiable
 * @param members that a protocol wants in the body, beside those that all errors have; with any, the body is one of RFC 9457; unmodifiable
 */
public record Problem(
        int status,
        String error,
        String message,
        Map<String, Object> detail,
        Map<String, String> headers,
        Map<String, Object> members) {

    /** With the members that all errors have. */
    public Problem(int status, String error, String message, Map<String, Object> detail, Map<String, String> headers) {
        this(status, error, message, detail, headers, Map.of());
    }

    /** Without detail or headers. */
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
    public String mediaType() {
        return members.isEmpty() ? "application/json" : "application/problem+json";
    }

    /** What the body says, to be written as JSON. */
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
