package dev.stowage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A request body that is sent while it is read, in blocks large enough for the client not to buffer them. */
final class StreamEntity extends AbstractHttpEntity {

    private static final int PIECE = 64 << 10;

    private final ContentStreamProvider content;
    private final long length;

    /**
     * @param content opened once; the stream is closed at its end
     * @param length in bytes; negative when it is unknown, and the body is sent in chunks
     */
    StreamEntity(ContentStreamProvider content, long length) {
        super((ContentType) null, null, length < 0);
        this.content = content;
        this.length = length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] piece = new byte[length < 0 ? PIECE : (int) Math.min(PIECE, length)];
        try (InputStream in = content.newStream()) {
            for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                out.write(piece, 0, count);
            }
        }
    }

    @Override
    public InputStream getContent() {
        return content.newStream();
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void close() {
        // The reader of the content closes it.
    }
}
