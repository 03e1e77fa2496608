package dev.stowage.http.form;

import dev.stowage.core.error.BrokenContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.SearchPattern;

/**
 * A buffer of fixed size over a body that consists of content and delimiters. For one thread.
 *
 * <p>A method that needs more bytes than arrive throws {@link BrokenContent}.
 */
final class DelimitedBuffer {

    /** The size of the buffer, and the most bytes read from the body at a time. */
    static final int SIZE = 64 << 10;

    private final InputStream source;
    private final SearchPattern delimiter;
    private final byte[] bytes = new byte[SIZE];
    private int start;
    private int end;
    /** The number of bytes from {@link #start} that are known to be content. */
    private int content;

    /** Prepends a line break to the body, so that the first delimiter looks like all others. */
    DelimitedBuffer(InputStream source, SearchPattern delimiter) {
        this.source = source;
        this.delimiter = delimiter;
        bytes[end++] = '\r';
        bytes[end++] = '\n';
    }

    /** Reads up to {@code length} bytes of content before the next delimiter. Returns -1 when the delimiter is next. */
    int readContent(byte[] target, int offset, int length) {
        if (content == 0 && !findContent()) {
            return -1;
        }
        int count = Math.min(length, content);
        System.arraycopy(bytes, start, target, offset, count);
        consume(count);
        content -= count;
        return count;
    }

    /** Skips the content before the next delimiter if it has at most {@code limit} bytes. Returns whether it had. */
    boolean skipContent(long limit) {
        long skipped = 0;
        while (content > 0 || findContent()) {
            skipped += content;
            consume(content);
            content = 0;
            if (skipped > limit) {
                return false;
            }
        }
        return true;
    }

    /** Skips the delimiter, which must be next. */
    void skipDelimiter() {
        consume(delimiter.getLength());
    }

    /** Whether a delimiter is next. */
    boolean atDelimiter() {
        while (true) {
            int matched = delimiter.startsWith(bytes, start, end - start, 0);
            if (matched == delimiter.getLength()) {
                return true;
            }
            if (matched == 0 && end > start) {
                return false;
            }
            fill();
        }
    }

    /** Skips {@code text} if it is next. Returns whether it was. */
    boolean skip(String text) {
        while (end - start < text.length()) {
            fill();
        }
        boolean found = new String(bytes, start, text.length(), StandardCharsets.ISO_8859_1).equals(text);
        consume(found ? text.length() : 0);
        return found;
    }

    /**
     * Reads the bytes up to the next line break, without it, as UTF-8. Malformed bytes are replaced.
     *
     * @throws dev.stowage.core.error.InvalidInput when there are more than {@code limit} bytes, or a CR or LF without the other
     */
    String readLine(int limit) {
        int length = 0;
        while (true) {
            while (end - start < length + 2) {
                fill();
            }
            byte current = bytes[start + length];
            if (current == '\r' && bytes[start + length + 1] == '\n') {
                break;
            }
            if (current == '\r' || current == '\n') {
                throw FormProblem.malformed(
                        "The lines of a form's headers and boundaries must end with CR LF, not with CR or LF alone");
            }
            if (++length > limit) {
                throw FormProblem.malformed("The headers of a part are too large");
            }
        }
        String line = new String(bytes, start, length, StandardCharsets.UTF_8);
        consume(length + 2);
        return line;
    }

    private boolean findContent() {
        while (true) {
            int match = delimiter.match(bytes, start, end - start);
            if (match == start) {
                return false;
            }
            content = match > 0 ? match - start : end - start - delimiter.endsWith(bytes, start, end - start);
            if (content > 0) {
                return true;
            }
            fill();
        }
    }

    private void consume(int count) {
        start += count;
    }

    private void fill() {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
        try {
            int count = source.read(bytes, end, bytes.length - end);
            if (count < 0) {
                throw new BrokenContent("The form ended before its final boundary; send all of it");
            }
            end += count;
        } catch (IOException e) {
            throw new BrokenContent("The form could not be read to its end; send it again", e);
        }
    }
}
