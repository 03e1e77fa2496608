package dev.stowage.s3;

import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;

/** A request body that records when its reader, the sender of the request, last read from it. */
final class WatchedBody implements ContentStreamProvider {

    private final ContentStreamProvider source;
    private volatile @Nullable ExecutableHttpRequest request;
    private volatile boolean reading;
    private volatile long idleSince;

    WatchedBody(ContentStreamProvider source) {
        this.source = source;
    }

    void start(ExecutableHttpRequest started) {
        idleSince = System.nanoTime();
        request = started;
    }

    /** Aborts the request when no byte was read for longer than {@code limit}. */
    void abortWhenIdle(Duration limit) {
        ExecutableHttpRequest running = request;
        if (running != null && !reading && System.nanoTime() - idleSince > limit.toNanos()) {
            running.abort();
        }
    }

    @Override
    public InputStream newStream() {
        return new WatchedStream(source.newStream());
    }

    @Override
    public String name() {
        return source.name();
    }

    private final class WatchedStream extends BodyStream {

        private final InputStream source;

        WatchedStream(InputStream source) {
            this.source = source;
        }

        @Override
        protected int take(byte[] buffer, int offset, int length) throws IOException {
            reading = true;
            try {
                return source.read(buffer, offset, length);
            } finally {
                idleSince = System.nanoTime();
                reading = false;
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
