package dev.stowage.s3;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A content of known length as the body of one request. It is opened when the request is sent, and again when it is repeated. This class
 * closes every stream that it has opened: the previous one before it opens the next, and the last one when {@link S3Put} closes it after the
 * request. Closing by the SDK before that has no effect.
 */
final class WholeContent implements ContentStreamProvider, AutoCloseable {

    private final Content content;
    private final List<Checksum> expected;
    private @Nullable ContentStream current;

    WholeContent(Content content, List<Checksum> expected) {
        this.content = content;
        this.expected = expected;
    }

    @Override
    public synchronized InputStream newStream() {
        close();
        ContentStream opened = ContentStream.open(content, expected);
        current = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
    }
}
