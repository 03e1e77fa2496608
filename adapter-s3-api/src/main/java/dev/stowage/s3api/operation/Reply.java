package dev.stowage.s3api.operation;

import dev.stowage.s3api.xml.XmlDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;

/** The response to a request. Writes block until the client or its connection's buffers take them. For one thread. */
public final class Reply {

    private final Response response;
    private final boolean isHead;

    /** @param isHead whether the request is a {@code HEAD}, whose response has no body */
    public Reply(Response response, boolean isHead) {
        this.response = response;
        this.isHead = isHead;
    }

    /** Sets a header field. The value is sent as ISO 8859-1. */
    public Reply header(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    /** Sends a response without a body. */
    public void empty(int status) throws IOException {
        response.setStatus(status);
        // With the last byte, the server would add the length of an empty body, which caches take for that of the
        // object.
        boolean last = !isHead && status != 304;
        Content.Sink.write(response, last, BufferUtil.EMPTY_BUFFER);
    }

    /** Sends a document in the namespace of S3. */
    public void xml(int status, String root, Consumer<XmlDocument> content) throws IOException {
        bytes(status, XmlDocument.of(root, content));
    }

    /** Sends a whole document. */
    public void bytes(int status, byte[] document) throws IOException {
        header(HttpHeader.CONTENT_TYPE.asString(), "application/xml");
        begin(status, document.length);
        if (isHead) {
            Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
        } else {
            Content.Sink.write(response, true, ByteBuffer.wrap(document));
        }
    }

    /** Sets the status and length of a response; nothing is sent yet. */
    public void begin(int status, long length) {
        response.setStatus(status);
        response.getHeaders().put(HttpFields.CONTENT_LENGTH_0.getHeader(), length);
    }

    /**
     * Sends bytes.
     *
     * @param last whether the response ends with them
     */
    public void write(byte[] chunk, int length, boolean last) throws IOException {
        Content.Sink.write(response, last, ByteBuffer.wrap(chunk, 0, length));
    }

    /** Whether the head of the response was sent. */
    public boolean isCommitted() {
        return response.isCommitted();
    }
}
