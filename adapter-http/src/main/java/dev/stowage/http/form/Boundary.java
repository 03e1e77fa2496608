package dev.stowage.http.form;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.util.SearchPattern;

/**
 * The boundary between the parts of a form (RFC 2046, section 5.1.1).
 *
 * @param value 1 to 70 visible ASCII characters and spaces, not ending with a space
 */
record Boundary(String value) {

    private static final int MAX_LENGTH = 70;

    /** @throws dev.stowage.core.error.InvalidInput when the text is not a valid boundary */
    Boundary {
        boolean valid = !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                && !value.endsWith(" ");
        if (!valid) {
            throw FormProblem.malformed(
                    "The form's boundary must have 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
    }

    /**
     * Returns the boundary from a {@code Content-Type} header; empty when the body is not {@code multipart/form-data}.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is, and has no valid boundary
     */
    static Optional<Boundary> of(String contentType) {
        HeaderValue header = HeaderValue.parse(contentType);
        if (!header.value().equals("multipart/form-data")) {
            return Optional.empty();
        }
        String value = header.parameter("boundary")
                .orElseThrow(
                        () -> FormProblem.malformed(
                                "The Content-Type multipart/form-data has no boundary parameter; let the HTTP client set the header"));
        return Optional.of(new Boundary(value));
    }

    /** Returns the bytes that end a part. */
    SearchPattern delimiter() {
        return SearchPattern.compile(("\r\n--" + value).getBytes(StandardCharsets.US_ASCII));
    }
}
