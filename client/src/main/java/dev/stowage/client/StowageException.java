package dev.stowage.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that failed: refused by the service, or without a response. */
public final class StowageException extends RuntimeException {

    /** The {@link #error} of a call that got no response: the service can't be reached, or does not answer in time. */
    public static final String UNREACHABLE = "Unreachable";

    /** The {@link #error} of a response that is not what the API promises, as from a server that is not Stowage. */
    public static final String UNEXPECTED_ANSWER = "UnexpectedAnswer";

    /** The {@link #error} of bytes that do not match their digest, also on the way to this client. */
    public static final String CHECKSUM_MISMATCH = "ChecksumMismatch";

    /** The {@link #error} of a file that was changed while it was sent or received. */
    public static final String FILE_CHANGED = "FileChanged";

    private final int status;
    private final String error;
    private final Optional<String> requestId;

    private StowageException(
            int status, String error, String message, Optional<String> requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.error = error;
        this.requestId = requestId;
    }

    static StowageException unreachable(URI address, IOException cause) {
        String message = cause instanceof ConnectException
                ? "Cannot connect to " + origin(address) + "; check the address, and that the service runs"
                : "No response from " + origin(address) + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return new StowageException(0, UNREACHABLE, message, Optional.empty(), cause);
    }

    static StowageException unexpected(String message) {
        return new StowageException(0, UNEXPECTED_ANSWER, message, Optional.empty(), null);
    }

    static StowageException local(String error, String message) {
        return new StowageException(0, error, message, Optional.empty(), null);
    }

    /** @param body the error as JSON; missing where the response had none, as to {@code HEAD}, or was not of Stowage */
    static StowageException refused(int status, JsonNode body, Optional<String> requestId) {
        String error = body.path("error").asText("");
        String message = body.path("message").asText("");
        return new StowageException(
                status,
                error.isEmpty() ? usualError(status) : error,
                message.isEmpty() ? "The service answered with status " + status : message,
                requestId,
                null);
    }

    private static String usualError(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "AccessDenied";
            case 404 -> "FileNotFound";
            case 412 -> "PreconditionFailed";
            case 503 -> "StorageUnavailable";
            default -> UNEXPECTED_ANSWER;
        };
    }

    /** The host and port, without a path that may be long. */
    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /** Returns the status of the response; 0 when there was none. */
    public int status() {
        return status;
    }

    /** Returns the stable code of the error, such as {@code FileNotFound}; the API's documentation lists them. */
    public String error() {
        return error;
    }

    /** Returns the id of the request, under which the service has logged it; empty when there was no response. */
    public Optional<String> requestId() {
        return requestId;
    }
}
