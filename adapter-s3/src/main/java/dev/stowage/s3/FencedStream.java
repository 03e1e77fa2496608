package dev.stowage.s3;

import dev.stowage.core.job.Fence;
import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.NonRetryableException;

/** A request's document that can be read only while a fence is open. Closing it closes the document. */
final class FencedStream extends BodyStream {

    private final InputStream document;
    private final Fence fence;

    FencedStream(InputStream document, Fence fence) {
        this.document = document;
        this.fence = fence;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int count = document.read(buffer, offset, length);
        if (count > 0 && !fence.isOpen()) {
            throw NonRetryableException.create("Another process may have taken over the work of this request");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
