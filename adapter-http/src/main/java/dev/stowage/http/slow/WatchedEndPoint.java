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

/** The server's end of a connection, which counts the transferred bytes and knows the running request. */
final class WatchedEndPoint extends SocketChannelEndPoint implements WatchedConnection {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile @Nullable Request request;
    /** The bytes that had been received at the end of the last request. */
    private volatile long settled;

    private volatile boolean isEnding;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Returns the end point of a request; empty when it came by another kind of connector. */
    static Optional<WatchedEndPoint> of(Request request) {
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        while (end instanceof EndPoint.Wrapper tls) {
            end = tls.unwrap();
        }
        return end instanceof WatchedEndPoint watched ? Optional.of(watched) : Optional.empty();
    }

    /** Marks a request as running, once its header section is complete, until it ends. */
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

    /**
     * Closes the connection, at once or at the end of the running request; not while a header section is arriving, whose request may still
     * be accepted.
     */
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
