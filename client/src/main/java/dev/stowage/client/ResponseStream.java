package dev.stowage.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response. Unlike the stream of the JDK, it does not wait without end for bytes that never arrive. Closing it early closes
 * the connection. Read by one thread.
 */
final class ResponseStream extends InputStream implements BodySubscriber<ResponseStream> {

    /** One list of buffers is requested at a time; the end or a failure may follow it at once. */
    private static final int SIGNALS = 3;

    private final Duration timeout;
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(SIGNALS);
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    private Iterator<ByteBuffer> arrived = List.<ByteBuffer>of().iterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    /** @param timeout how long to wait for the next bytes */
    ResponseStream(Duration timeout) {
        this.timeout = timeout;
    }

    /** Buffers, the end, or a failure. */
    private record Signal(
            List<ByteBuffer> buffers, boolean end, @Nullable Throwable failure) {}

    @Override
    public CompletionStage<ResponseStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signal(new Signal(List.copyOf(buffers), false, null));
    }

    @Override
    public void onError(Throwable failure) {
        signal(new Signal(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        signal(new Signal(List.of(), true, null));
    }

    private void signal(Signal signal) {
        if (!signals.offer(signal)) {
            throw new IllegalStateException("More buffers than were requested");
        }
    }

    @Override
    public int read() throws IOException {
        return advance() ? current.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, from, count);
        return count;
    }

    /** Moves to the next buffer with bytes. Returns false at the end. */
    private boolean advance() throws IOException {
        while (!current.hasRemaining()) {
            if (ended) {
                return false;
            }
            if (arrived.hasNext()) {
                current = arrived.next();
            } else {
                take();
            }
        }
        return true;
    }

    private void take() throws IOException {
        Signal signal = await();
        if (signal == null) {
            close();
            throw new HttpTimeoutException("no bytes arrived for " + timeout.toSeconds() + " s");
        }
        if (signal.failure() != null) {
            ended = true;
            throw new IOException(signal.failure().getMessage(), signal.failure());
        }
        if (signal.end()) {
            ended = true;
            return;
        }
        arrived = signal.buffers().iterator();
        subscription.join().request(1);
    }

    private @Nullable Signal await() throws InterruptedIOException {
        try {
            return signals.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            current = ByteBuffer.allocate(0);
            CompletableFuture<Void> unused = subscription.thenAccept(Flow.Subscription::cancel);
        }
    }
}
