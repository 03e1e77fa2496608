package dev.stowage.http.download;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A body of {@code multipart/byteranges} (RFC 9110, section 14.6): its frame, whose length is known before a byte is read.
 *
 * @param boundary that no content has: random
 * @param type of the object
 * @param size of the object, in bytes
 */
record ByteRangesBody(String boundary, ContentType type, long size, List<ByteSpan> spans) {

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** In bytes, from the first boundary to the end of the last. */
    long length() {
        long length = end().length;
        for (ByteSpan span : spans) {
            length += head(span).length + span.length();
        }
        return length;
    }

    /** What stands before the bytes of a span. */
    byte[] head(ByteSpan span) {
        return ascii("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: "
                + ResponseHead.contentRange(span, size) + "\r\n\r\n");
    }

    /** What stands after the last span. */
    byte[] end() {
        return ascii("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
