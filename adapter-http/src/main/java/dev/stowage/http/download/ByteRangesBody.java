package dev.stowage.http.download;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.http.metadata.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A body of {@code multipart/byteranges} (RFC 9110, section 14.6): its frame, whose length is known before a byte is read.
 *
 * @param boundary that no content has: random
 * @param attributes of the object
 * @param size of the object, in bytes
 */
record ByteRangesBody(String boundary, ObjectAttributes attributes, long size, List<ByteSpan> spans) {

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
        return ascii("\r\n--" + boundary + "\r\nContent-Type: " + attributes.contentType() + "\r\n"
                + line(HeaderAttribute.CONTENT_ENCODING) + line(HeaderAttribute.CONTENT_LANGUAGE) + "Content-Range: "
                + ResponseHead.contentRange(span, size) + "\r\n\r\n");
    }

    /** What stands after the last span. */
    byte[] end() {
        return ascii("\r\n--" + boundary + "--\r\n");
    }

    private String line(HeaderAttribute attribute) {
        return HeaderFields.header(attributes.headers(), attribute)
                .map(value -> attribute.header() + ": " + value + "\r\n")
                .orElse("");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
