package dev.stowage.http.form;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.io.InputStream;
import java.util.Optional;

/** The parts of a form, for other protocols. Methods throw what {@link FormReader} throws. For one thread. */
public final class FormParts {

    private final FormReader reader;

    private FormParts(FormReader reader) {
        this.reader = reader;
    }

    /**
     * A part.
     *
     * @param name of the field
     * @param fileName as the client sends it
     * @param body valid until the next part is read; needs no closing
     */
    public record Part(String name, Optional<String> fileName, InputStream body) {}

    /**
     * Opens a form. Nothing is read yet.
     *
     * @param body read as parts are, and not closed
     * @param maxParts the most parts that the form may have
     * @throws InvalidInput when {@code contentType} is not that of a form
     */
    public static FormParts open(InputStream body, String contentType, int maxParts) {
        Boundary boundary = Boundary.of(contentType)
                .orElseThrow(() -> new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "The body must be a form, of the type multipart/form-data"));
        return new FormParts(new FormReader(body, boundary, maxParts));
    }

    /** Returns the next part; empty after the last one. */
    public Optional<Part> next() {
        return reader.next().map(part -> new Part(part.name(), part.headers().fileName(), part.body()));
    }
}
