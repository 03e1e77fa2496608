package dev.stowage.http.error;

import java.util.Map;

/**
 * An error as clients see it.
 *
 * @param error the machine-readable name
 * @param detail may be empty; unmodifiable
 * @param headers that go with it, such as {@code Allow}; unmodifiable
 */
public record Problem(
        int status, String error, String message, Map<String, Object> detail, Map<String, String> headers) {

    /** Without detail or headers. */
    public Problem(int status, String error, String message) {
        this(status, error, message, Map.of(), Map.of());
    }

    /** The JSON body of the answer. */
    public ErrorBody body(String requestId) {
        return new ErrorBody(error, message, detail, requestId);
    }
}
