package dev.stowage.s3api.chunked;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line before a chunk's data.
 *
 * @param size of the data in bytes; 0 for the last chunk
 * @param signature in hexadecimal digits; empty without signatures
 */
record ChunkHead(long size, String signature) {

    /** Before the first chunk. */
    static final ChunkHead NONE = new ChunkHead(0, "");

    /** 15 digits can't overflow. */
    private static final Pattern UNSIGNED = Pattern.compile("([0-9a-fA-F]{1,15})");

    private static final Pattern SIGNED = Pattern.compile("([0-9a-fA-F]{1,15});chunk-signature=([0-9a-f]{64})");

    /** @throws S3ErrorException when the line is not the head of a chunk */
    static ChunkHead parse(String line, boolean signed) {
        Matcher head = (signed ? SIGNED : UNSIGNED).matcher(line);
        if (!head.matches()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_REQUEST,
                    "The body is not valid aws-chunked: expected the size of a chunk in hexadecimal digits"
                            + (signed ? ", and its chunk-signature" : ""));
        }
        return new ChunkHead(Long.parseLong(head.group(1), 16), signed ? head.group(2) : "");
    }
}
