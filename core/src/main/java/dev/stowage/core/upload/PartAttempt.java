package dev.stowage.core.upload;

import dev.stowage.core.object.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One attempt at a part. It can be superseded until its last byte is handed to the store. A superseded attempt never hands over that byte,
 * and stores discard parts that end early.
 */
final class PartAttempt implements AutoCloseable {

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RECEIVING);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Optional<PartAttempt> before;
    private final Consumer<PartAttempt> onEnd;

    /** @param before the attempt that must end before this one may start to store */
    PartAttempt(Optional<PartAttempt> before, Consumer<PartAttempt> onEnd) {
        this.before = before;
        this.onEnd = onEnd;
    }

    /** @return whether the attempt is superseded; if not, it was too late and the attempt continues to its end */
    boolean supersede() {
        return phase.compareAndSet(Phase.RECEIVING, Phase.SUPERSEDED) || isSuperseded();
    }

    boolean isSuperseded() {
        return phase.get() == Phase.SUPERSEDED;
    }

    Optional<PartAttempt> before() {
        return before;
    }

    /** @return whether the previous attempt has ended in time */
    boolean awaitTurn(Duration maxWait) throws InterruptedException {
        return before.isEmpty() || before.get().ended.await(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Wraps the content so that reading it fails once this attempt is superseded.
     *
     * @param newest whether no other process has begun a newer attempt; called once, before the last byte is handed over
     */
    Content guard(Content content, BooleanSupplier newest) {
        return new Content() {
            @Override
            public OptionalLong length() {
                return content.length();
            }

            @Override
            public boolean replayable() {
                return content.replayable();
            }

            @Override
            public InputStream open() throws IOException {
                return new GuardedStream(content.open(), content.length().orElse(Long.MAX_VALUE), newest);
            }
        };
    }

    @Override
    public void close() {
        onEnd.accept(this);
        ended.countDown();
    }

    private enum Phase {
        RECEIVING,
        DELIVERED,
        SUPERSEDED
    }

    private final class GuardedStream extends FilterInputStream {

        private final BooleanSupplier newest;
        private long remaining;

        GuardedStream(InputStream source, long length, BooleanSupplier newest) {
            super(source);
            this.newest = newest;
            remaining = length;
        }

        @Override
        public int read() throws IOException {
            return guarded(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            return guarded(read, read);
        }

        private int guarded(int result, int bytes) throws IOException {
            remaining -= result < 0 ? 0 : bytes;
            boolean last = result < 0 || remaining <= 0;
            if (last && phase.get() == Phase.RECEIVING) {
                if (!newest.getAsBoolean()) {
                    supersede();
                }
                phase.compareAndSet(Phase.RECEIVING, Phase.DELIVERED);
            }
            if (isSuperseded()) {
                throw new IOException("a newer attempt superseded this one");
            }
            return result;
        }
    }
}
