package dev.stowage.s3api.form;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the bodies of forms ({@code multipart/form-data}, RFC 7578) as they arrive, in bounded memory. Safe for concurrent use. */
@FunctionalInterface
public interface FormOpener {

    /**
     * Opens a form. Each call of the result returns the next part, and empty after the last one. It throws
     * {@link dev.stowage.core.error.InvalidInput} for a malformed form, and {@link dev.stowage.core.error.BrokenContent} for one that ends
     * early.
     *
     * @param body read as parts are, and not closed
     * @param contentType of the form
     * @param maxParts the most parts that the form may have
     * @throws dev.stowage.core.error.InvalidInput when it is not that of a form
     */
    Supplier<Optional<PostedPart>> open(InputStream body, String contentType, int maxParts);
}
