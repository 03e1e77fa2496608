package dev.stowage.http.download;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.http.metadata.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The framing of a {@code multipart/byteranges} body (RFC 9110, section 14.6), whose length is known before any byte is read.
 *
 * @param boundary random, so that the content does not contain it
 * @param attributes of the object
 * @param size of the object, in bytes
 */
record ByteRangesBody(String boundary, ObjectAttributes attributes, long size, List<ByteSpan> spans) {

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** The length in bytes, from the first boundary to the end of the last. */
    long length() {
        long length = end().length;
        for (ByteSpan span : spans) {
            length += head(span).length + span.length();
        }
        return length;
    }

    /** The bytes that precede a span. */
    byte[] head(ByteSpan span) {
        return ascii("\r\n--" + boundary + "\r\nContent-Type: " + attributes.contentType() + "\r\n"
                + line(HeaderAttribute.CONTENT_ENCODING) + line(HeaderAttribute.CONTENT_LANGUAGE) + "Content-Range: "
                + ResponseHead.contentRange(span, size) + "\r\n\r\n");
    }

    /** The bytes that follow the last span. */
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
