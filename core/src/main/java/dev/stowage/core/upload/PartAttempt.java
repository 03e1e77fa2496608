package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One attempt at a part. It can be superseded until its last byte is handed to the store. A superseded attempt never hands over that byte,
 * and stores discard parts that end early.
 */
final class PartAttempt implements AutoCloseable {

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RECEIVING);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PartFencingToken token;
    private final Optional<PartAttempt> before;
    private final Consumer<PartAttempt> onEnd;

    /**
     * @param before the attempt that must end before this one may start to store
     */
    PartAttempt(PartFencingToken token, Optional<PartAttempt> before, Consumer<PartAttempt> onEnd) {
        this.token = token;
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

    PartFencingToken token() {
        return token;
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
        return CheckedContent.of(content, (size, complete) -> checkNotSuperseded(complete, newest));
    }

    /**
     * Runs a call by which the store takes all bytes at once, so that this attempt can't be superseded meanwhile.
     *
     * @param newest whether no other process has begun a newer attempt
     * @param call returns empty when the store took nothing; the attempt then continues as before
     * @throws StorageUnavailable when a newer attempt has superseded this one
     */
    <T> Optional<T> atOnce(BooleanSupplier newest, Supplier<Optional<T>> call) {
        try {
            checkNotSuperseded(true, newest);
        } catch (IOException superseded) {
            throw new StorageUnavailable("The part was not copied", superseded);
        }
        Optional<T> result = call.get();
        if (result.isEmpty()) {
            phase.compareAndSet(Phase.DELIVERED, Phase.RECEIVING);
        }
        return result;
    }

    private void checkNotSuperseded(boolean complete, BooleanSupplier newest) throws IOException {
        if (complete && phase.get() == Phase.RECEIVING) {
            if (!newest.getAsBoolean()) {
                supersede();
            }
            phase.compareAndSet(Phase.RECEIVING, Phase.DELIVERED);
        }
        if (isSuperseded()) {
            throw new IOException("a newer attempt superseded this one");
        }
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
}
