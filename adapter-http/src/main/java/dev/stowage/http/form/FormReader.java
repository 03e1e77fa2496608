package dev.stowage.http.form;

import dev.stowage.core.object.BodyStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a {@code multipart/form-data} body part by part, as it arrives (RFC 7578, RFC 2046, section 5.1).
 *
 * <p>The only memory is a buffer of {@link DelimitedBuffer#SIZE}: a part's body is read from the request as its consumer reads it. The
 * reader follows the RFCs strictly where leniency would make it ambiguous what is content: lines must end with CR LF, and the final
 * boundary is required. A preamble is skipped up to a bound, and an epilogue is not read.
 *
 * <p>Jetty's {@code MultiPart.Parser} (12.1.12) is not used because its result depends on how the bytes arrive: it adds a line break before
 * a file that begins like the delimiter, as {@code -----BEGIN} does with many clients, if those first bytes arrive in two chunks.
 *
 * <p>Methods throw {@link dev.stowage.core.error.InvalidInput} for a malformed form and {@link dev.stowage.core.error.BrokenContent} for
 * one that ends early or can't be read. For one thread.
 */
final class FormReader {

    private static final int MAX_PREAMBLE = 8 << 10;
    private static final int MAX_HEADERS = 8 << 10;

    private final DelimitedBuffer buffer;
    private final int maxParts;
    private int parts;
    private boolean finished;

    /** @param maxParts the most parts the form may have */
    FormReader(InputStream body, Boundary boundary, int maxParts) {
        this.buffer = new DelimitedBuffer(body, boundary.delimiter());
        this.maxParts = maxParts;
    }

    /** Returns the next part; empty after the last. The unread rest of the previous part is skipped. */
    Optional<FormPart> next() {
        if (finished) {
            return Optional.empty();
        }
        if (!buffer.skipContent(parts == 0 ? MAX_PREAMBLE : Long.MAX_VALUE)) {
            throw FormProblem.malformed("The form does not begin with the boundary from its Content-Type");
        }
        buffer.skipDelimiter();
        parts++;
        if (buffer.skip("--")) {
            finished = true;
            return Optional.empty();
        }
        if (parts > maxParts) {
            throw FormProblem.malformed("The form has more than " + maxParts + " parts");
        }
        if (!buffer.readLine(MAX_HEADERS).isBlank()) {
            throw FormProblem.malformed("A boundary of the form is not followed by a line break");
        }
        return Optional.of(new FormPart(readHeaders(), new PartBody(parts)));
    }

    private PartHeaders readHeaders() {
        List<String> lines = new ArrayList<>();
        int left = MAX_HEADERS;
        // If the part has no body at all, the line break of the empty line may already be that of the delimiter.
        while (!buffer.atDelimiter()) {
            String line = buffer.readLine(left);
            if (line.isEmpty()) {
                break;
            }
            left -= line.length();
            lines.add(line);
        }
        return PartHeaders.parse(lines);
    }

    private final class PartBody extends BodyStream {

        private final int part;

        PartBody(int part) {
            this.part = part;
        }

        @Override
        protected int take(byte[] target, int offset, int length) {
            if (part != parts || finished) {
                throw new IllegalStateException("the reader has moved on to another part");
            }
            return buffer.readContent(target, offset, length);
        }
    }
}
