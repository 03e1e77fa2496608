package dev.stowage.http.route;

import dev.stowage.http.error.RouteError;
import java.util.ArrayList;
import java.util.List;

/** The kind of body that a route takes. The limits of the body and the errors that it can cause follow from it. */
public enum RouteBody {
    /** No body. One that is sent is refused, unless it is an empty JSON object, and ignored with {@code GET} and {@code HEAD}. */
    NONE,
    /** JSON of at most {@link dev.stowage.http.json.JsonCodec#MAX_BYTES}; a few routes take a form with the same fields, too. */
    JSON,
    /**
     * Bytes of a file, raw or in a form, that are stored. The request counts as an upload and waits for a transfer slot; the size of the
     * file is limited by {@link dev.stowage.core.file.Files} and {@link dev.stowage.core.upload.Uploads}.
     */
    FILE,
    /** A form with several files, limited like {@link #FILE}. Failures of a file are in its result instead of the response's status. */
    FILES;

    /** Whether the bytes of the body are stored, so that the request counts as an upload. */
    boolean isUpload() {
        return this == FILE || this == FILES;
    }

    /** The errors that reading and storing the body can cause; empty without a body. */
    List<RouteError> errors() {
        if (this == NONE) {
            return List.of();
        }
        List<RouteError> errors = new ArrayList<>(List.of(
                RouteError.CHECKSUM_MISMATCH,
                RouteError.REQUEST_TIMEOUT,
                RouteError.UNSUPPORTED_MEDIA_TYPE,
                RouteError.DIGEST_NOT_SUPPORTED));
        if (this == JSON) {
            errors.add(RouteError.JSON_TOO_LARGE);
        }
        if (this == FILE) {
            errors.addAll(List.of(RouteError.PAYLOAD_TOO_LARGE, RouteError.STORAGE_FULL));
        }
        return errors;
    }
}
