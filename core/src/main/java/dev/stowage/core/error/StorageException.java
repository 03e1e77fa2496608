package dev.stowage.core.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The base of all errors that use cases and stores report.
 *
 * <p>Message and {@link #detail()} are written for clients: they name keys, limits and what to do next, and contain no hosts, credentials
 * or library messages. Information for operators is in the cause.
 */
public abstract sealed class StorageException extends RuntimeException
        permits AccessDenied,
                BrokenContent,
                ChecksumMismatch,
                Conflict,
                InvalidInput,
                NotFound,
                NotSupported,
                ObjectArchived,
                PayloadTooLarge,
                PreconditionFailed,
                QuotaExceeded,
                RangeNotSatisfiable,
                StorageFull,
                StorageRejected,
                StorageUnavailable,
                TooManyAttempts,
                TooManyOpen,
                Unauthorized {

    private static final int MAX_CAUSES = 512;

    private final ErrorCode code;
    private final transient Map<String, Object> detail;

    StorageException(ErrorCode code, String message, Map<String, ?> detail, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /**
     * Returns the error that a failure of a library is or was caused by, for adapters: that of a body which the library was reading, for
     * example.
     */
    public static Optional<StorageException> within(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Returns the machine-readable name of the error. */
    public final ErrorCode code() {
        return code;
    }

    /** Returns details as JSON-friendly values (strings, numbers, lists); may be empty. */
    public final Map<String, Object> detail() {
        return detail;
    }

    /** Whether the store, a database or a disk failed. The causes tell operators more than the stack trace, which need not be logged. */
    public final boolean isOfStore() {
        return code == ErrorCode.STORAGE_UNAVAILABLE
                || code == ErrorCode.STORAGE_REJECTED
                || code == ErrorCode.STORAGE_FULL;
    }

    /** Returns the causes for the log, outermost first, in one line of at most 512 characters; may be empty. */
    public final String causes() {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = getCause(); cause != null && text.length() < MAX_CAUSES; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(cause.getClass().getSimpleName())
                    .append(": ")
                    .append(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
        }
        text.setLength(Math.min(text.length(), MAX_CAUSES));
        return text.toString();
    }
}
