package dev.stowage.http.slow;

import dev.stowage.http.error.TooSlow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection, which counts the bytes that move and knows of the request that is under way. */
final class WatchedEndPoint extends SocketChannelEndPoint implements WatchedConnection {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile @Nullable Request request;
    /** What was received by the end of the last request. */
    private volatile long settled;

    private volatile boolean isEnding;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** The one by which a request came; empty when it came by a connector of another kind. */
    static Optional<WatchedEndPoint> of(Request request) {
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        while (end instanceof EndPoint.Wrapper tls) {
            end = tls.unwrap();
        }
        return end instanceof WatchedEndPoint watched ? Optional.of(watched) : Optional.empty();
    }

    /** The head of a request is complete; from now on until its end it is under way. */
    void begin(Request begun) {
        requests.incrementAndGet();
        request = begun;
        Request.addCompletionListener(begun, failure -> {
            settled = received.get();
            request = null;
            if (isEnding) {
                close();
            }
        });
    }

    /** Closes the connection, at once or with the end of the request under way; not when one has begun to come, which may be in time. */
    void endWhenUnused() {
        isEnding = true;
        if (!isHandling() && !isInHead()) {
            close();
        }
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public boolean isHandling() {
        return request != null;
    }

    @Override
    public boolean isInHead() {
        return request == null && received.get() != settled;
    }

    @Override
    public boolean isReading() {
        return isFillInterested();
    }

    @Override
    public boolean isWriting() {
        return getWriteFlusher().isPending();
    }

    @Override
    public long moved() {
        return received.get() + sent.get();
    }

    @Override
    public void refuse() {
        Request slow = request;
        if (slow != null) {
            slow.fail(new TooSlow());
        }
    }

    @Override
    public void cut() {
        close(new TooSlow());
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = super.fill(buffer);
        received.addAndGet(Math.max(0, filled));
        return filled;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        boolean done = super.flush(buffers);
        sent.addAndGet(before - remaining(buffers));
        return done;
    }

    private static long remaining(ByteBuffer... buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }
}
