package dev.stowage.http.error;

import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.TooManyAttempts;
import dev.stowage.core.error.Unauthorized;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Maps failures to the problems that clients see. */
public final class ErrorMapper {

    /** The value of {@code Retry-After} when the store is unavailable, in seconds. */
    private static final String RETRY_AFTER = "5";

    /** The server can't parse a path that leaves the root by {@code ..} or whose percent-encoding is malformed. */
    private static final Problem UNREADABLE_PATH = new Problem(
            400,
            "InvalidKey",
            "The path is not valid: it has .. segments that leave the root, a %00, or a % without two hexadecimal digits",
            Map.of("reason", "path"),
            Map.of());

    /** Returns the problem that a client sees for {@code failure}. */
    public Problem map(Throwable failure) {
        if (isCausedBy(failure, TooSlow.class)) {
            return ofStatus(408);
        }
        if (isCausedBy(failure, CredentialEnded.class)) {
            return map(new Unauthorized(
                    "The credential was revoked or expired during the request; send it again with a valid one"));
        }
        if (failure instanceof StorageException storage) {
            int status = ErrorStatus.of(storage.code());
            return new Problem(
                    status, storage.code().id(), message(storage), storage.detail(), headers(status, storage));
        }
        if (failure instanceof TooBusy) {
            return unavailable(
                    "ServiceBusy", "Too many transfers are running; try again after the time in Retry-After");
        }
        if (failure instanceof RequestException request) {
            return request.problem();
        }
        if (failure instanceof HttpException refused) {
            return isUnreadablePath(refused, failure.getCause()) ? UNREADABLE_PATH : ofStatus(refused.getCode());
        }
        if (failure instanceof HttpResponseException response) {
            return ofStatus(response.getStatus());
        }
        return ofStatus(500);
    }

    /** Returns the problem for a {@code status} that the server itself sets. */
    public Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> new Problem(404, "NotFound", "No such endpoint; see /docs");
            case 405 -> new Problem(405, "MethodNotAllowed", "This path does not support this method");
            case 408 -> new Problem(408, "InvalidRequest", "The request was not received in time; send it again");
            case 411 -> new Problem(411, "LengthRequired", "The request has no Content-Length; send one");
            case 413 -> new Problem(413, "PayloadTooLarge", "The body is too large");
            case 414 -> new Problem(414, "InvalidRequest", "The URI is too long; shorten it");
            case 415 -> new Problem(415, "UnsupportedMediaType", "This path does not accept bodies of this type");
            case 417 ->
                new Problem(
                        417,
                        "InvalidRequest",
                        "The only supported Expect is 100-continue; send that or remove the header");
            case 431 ->
                new Problem(431, "InvalidRequest", "The header fields are too large; send fewer or shorter ones");
            case 503 -> unavailable("StorageUnavailable", "The service is shutting down; try again soon");
            case 505 -> new Problem(505, "InvalidRequest", "The service supports HTTP/1.1 only");
            default ->
                status >= 400 && status < 500
                        ? new Problem(status, "InvalidRequest", "The request is not valid HTTP")
                        : new Problem(500, "InternalError", "Internal error; quote this request_id to the operator");
        };
    }

    private static Problem unavailable(String error, String message) {
        return new Problem(503, error, message, Map.of(), Map.of("Retry-After", RETRY_AFTER));
    }

    /** Failures of the server's URI parser have no specific reason, unlike those about headers. */
    private static boolean isUnreadablePath(HttpException refused, @Nullable Throwable cause) {
        return "Bad Request".equals(refused.getReason()) && cause instanceof IllegalArgumentException;
    }

    /** The code that reads the body may have wrapped the exception of the server. */
    private static boolean isCausedBy(@Nullable Throwable failure, Class<? extends Throwable> type) {
        return failure != null && (type.isInstance(failure) || isCausedBy(failure.getCause(), type));
    }

    private static String message(StorageException failure) {
        String message = failure.getMessage();
        return message == null ? failure.code().id() : message;
    }

    private static Map<String, String> headers(int status, StorageException failure) {
        if (failure instanceof RangeNotSatisfiable range) {
            return Map.of("Content-Range", "bytes */" + range.size());
        }
        if (failure instanceof TooManyAttempts attempts) {
            return Map.of("Retry-After", Long.toString(attempts.remaining().toSeconds() + 1));
        }
        if (status == 401) {
            return Map.of("WWW-Authenticate", "Bearer realm=\"stowage\"");
        }
        return status == 503 || status == 429 ? Map.of("Retry-After", RETRY_AFTER) : Map.of();
    }
}
