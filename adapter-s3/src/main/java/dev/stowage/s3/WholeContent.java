package dev.stowage.s3;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A content of known length as the body of one request: opened when it is sent, and opened anew when it is sent again. */
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
