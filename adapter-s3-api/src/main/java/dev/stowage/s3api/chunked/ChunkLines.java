package dev.stowage.s3api.chunked;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the lines between the chunks of a body: visible ASCII of limited length, ended by CRLF. A bare LF, which minio-go writes, ends a
 * line, too.
 */
final class ChunkLines {

    /** Far more than the size and the signature of a chunk, or a checksum, need. */
    static final int MAX_LENGTH = 1024;

    private final InputStream in;
    private final byte[] line = new byte[MAX_LENGTH];

    ChunkLines(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a line, without its end.
     *
     * @throws S3ErrorException when the body ends within it, or it is not valid
     */
    String next() throws IOException {
        int length = 0;
        int value = read();
        for (; value != '\r' && value != '\n'; value = read()) {
            if (length == MAX_LENGTH || value < ' ' || value > '~') {
                throw invalid();
            }
            line[length++] = (byte) value;
        }
        if (value == '\r' && read() != '\n') {
            throw invalid();
        }
        return new String(line, 0, length, StandardCharsets.US_ASCII);
    }

    /** Reads the end of a line. @throws S3ErrorException when something else follows */
    void end() throws IOException {
        if (read() != '\r' || read() != '\n') {
            throw invalid();
        }
    }

    private int read() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new S3ErrorException(
                    S3ErrorCode.INCOMPLETE_BODY, "The body ended within a chunk; nothing was stored");
        }
        return value;
    }

    private static S3ErrorException invalid() {
        return new S3ErrorException(
                S3ErrorCode.INVALID_REQUEST,
                "The body is not valid aws-chunked: a line between its chunks is too long or not well-formed");
    }
}
