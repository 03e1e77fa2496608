package dev.stowage.http.download;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.http.conditional.HttpDate;
import dev.stowage.http.metadata.HeaderFields;
import dev.stowage.http.metadata.MetadataHeaders;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;

/** The header fields of a download, including those that keep stored content from running in the service's origin. */
final class ResponseHead {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Function<ObjectInfo, String> disposition;

    /** @param disposition the {@code Content-Disposition} of a file */
    ResponseHead(Context ctx, Function<ObjectInfo, String> disposition) {
        this.request = ctx.req();
        this.response = ctx.res();
        this.disposition = disposition;
    }

    /** A 304 with the ETag of the version that the client has (RFC 9110, section 15.4.5). */
    void notModified(ObjectInfo info) {
        version(info);
        contain();
        send(info, HeaderAttribute.CACHE_CONTROL);
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    }

    /** A 200 with the whole object. */
    void whole(ObjectInfo info) {
        representation(info);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentLengthLong(info.size());
    }

    /** A 206 with one span of the object. */
    void part(ObjectInfo info, ByteSpan span) {
        representation(info);
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader("Content-Range", contentRange(span, info.size()));
        response.setContentLengthLong(span.length());
    }

    /** A 206 with several spans. Fields that describe the object's bytes, rather than the multipart body, are sent in each part. */
    void parts(ObjectInfo info, ByteRangesBody body) {
        describe(info, body.contentType());
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setContentLengthLong(body.length());
    }

    /** Returns the {@code Content-Range} of a span. */
    static String contentRange(ByteSpan span, long size) {
        return "bytes " + span.offset() + "-" + span.last() + "/" + size;
    }

    private void version(ObjectInfo info) {
        response.setHeader("ETag", info.etag().quoted());
        response.setHeader("Last-Modified", HttpDate.format(info.lastModified()));
        response.setHeader("Accept-Ranges", "bytes");
    }

    /**
     * Keeps stored content from running in the service's origin, whatever the disposition, since some clients show attachments, too. A
     * {@code 304} repeats the fields because it updates those that a cache has stored (RFC 9111, section 3.2).
     */
    private void contain() {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox");
    }

    private void describe(ObjectInfo info, String contentType) {
        version(info);
        String shown = disposition.apply(info);
        exactly(HttpHeader.CONTENT_TYPE, contentType);
        response.setHeader("Content-Disposition", shown);
        contain();
        send(info, HeaderAttribute.CACHE_CONTROL);
        MetadataHeaders.write(info.attributes().metadata(), response::setHeader);
    }

    private void representation(ObjectInfo info) {
        describe(info, info.attributes().contentType().value());
        send(info, HeaderAttribute.CONTENT_ENCODING);
        send(info, HeaderAttribute.CONTENT_LANGUAGE);
    }

    private void send(ObjectInfo info, HeaderAttribute attribute) {
        HeaderFields.header(info.attributes().headers(), attribute)
                .ifPresent(value -> response.setHeader(attribute.header(), value));
    }

    /** Bypasses the servlet API, which rewrites media types: {@code a/b; c=d} becomes {@code a/b;c=d}. */
    private void exactly(HttpHeader name, String value) {
        ServletContextRequest.getServletContextRequest(request)
                .getServletContextResponse()
                .getWrapped()
                .getHeaders()
                .put(name, value);
    }
}
