package dev.stowage.core.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
                TooManyOpen,
                Unauthorized {

    private final ErrorCode code;
    private final transient Map<String, Object> detail;

    StorageException(ErrorCode code, String message, Map<String, ?> detail, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /** Returns the machine-readable name of the error. */
    public final ErrorCode code() {
        return code;
    }

    /** Returns details as JSON-friendly values (strings, numbers, lists); may be empty. */
    public final Map<String, Object> detail() {
        return detail;
    }
}
