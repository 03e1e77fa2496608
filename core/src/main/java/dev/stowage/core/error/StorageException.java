package dev.stowage.core.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything a use case or a store reports as failed.
 *
 * <p>Message and {@link #detail()} are written for clients: they name keys, limits and what to do next, and never a host, a
 * credential or a library's text. What only operators may see travels as the cause.
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

    /** What went wrong, for machines. */
    public final ErrorCode code() {
        return code;
    }

    /** What went wrong with what, as JSON-friendly values (strings, numbers, lists); may be empty. */
    public final Map<String, Object> detail() {
        return detail;
    }
}
