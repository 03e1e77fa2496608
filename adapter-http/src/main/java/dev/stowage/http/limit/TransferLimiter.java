package dev.stowage.http.limit;

import dev.stowage.http.error.TooBusy;
import dev.stowage.http.exchange.RequestBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds all clients together to so many transfers of files at once: however much the disk, the store or the clients hold those up, small
 * requests, which are not counted, find threads and are answered. A transfer for which there is no place waits for one, in the order of
 * arrival, and is refused when it has waited long enough, or when too many wait already. Safe for concurrent use.
 */
public final class TransferLimiter {

    /** Each takes a thread. */
    private static final int MAX_WAITING = 256;

    /** Longer than a turn takes that nothing holds up, and short enough for others to go on while a client or the store is waited for. */
    private static final Duration TURN_PATIENCE = Duration.ofMillis(2);

    private static final String IS_TRANSFER = "stowage.transfer";

    private final TransferLimit limit;
    private final int maxWaiting;
    private final FairTransferScheduler turns =
            new FairTransferScheduler(Runtime.getRuntime().availableProcessors(), TURN_PATIENCE, System::nanoTime);
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter refused;

    /** What is done while there is a place for it. */
    @FunctionalInterface
    public interface Work<E extends Exception> {

        /** Does it. */
        void run() throws E;
    }

    /** @param registry where transfers are counted that run, that wait, and that were refused */
    public TransferLimiter(TransferLimit limit, MeterRegistry registry) {
        int places = limit.max() == 0 ? Integer.MAX_VALUE : limit.max();
        this.limit = limit;
        this.maxWaiting = Math.min(places, MAX_WAITING);
        this.free = new Semaphore(places, true);
        Gauge.builder("stowage.transfers.running", free, left -> places - left.availablePermits())
                .description("Running uploads and downloads")
                .register(registry);
        Gauge.builder("stowage.transfers.waiting", waiting, AtomicInteger::get)
                .description("Uploads and downloads that wait for others to finish")
                .register(registry);
        this.refused = Counter.builder("stowage.transfers.refused")
                .description("Uploads and downloads refused because too many were running")
                .register(registry);
    }

    /**
     * Does {@code transfer} as soon as there is a place for it, which is free again when it ends, in whatever way.
     *
     * @throws TooBusy when there is none in time, or the thread is interrupted, which it then still is
     */
    public <E extends Exception> void run(Work<E> transfer) throws E {
        take();
        try {
            transfer.run();
        } finally {
            free.release();
        }
    }

    /** The same for a request that is to store its body, of which nothing is read before; one without a body is none. */
    public Handler around(Handler upload) {
        return ctx -> {
            if (RequestBody.isPresent(ctx)) {
                mark(ctx);
                run(() -> upload.handle(ctx));
            } else {
                upload.handle(ctx);
            }
        };
    }

    /** By which those that run move their bytes. */
    public FairTransferScheduler turns() {
        return turns;
    }

    /** Notes of a request that it is a transfer. */
    public static void mark(Context transfer) {
        transfer.attribute(IS_TRANSFER, true);
    }

    /** Hears of the end of each request: where small ones come, transfers make room for them. */
    public void noteEnd(Context request) {
        if (request.attribute(IS_TRANSFER) == null) {
            turns.makeRoom();
        }
    }

    /** How many slow clients to wait for: {@code usual}, but not for so many that they hold all places while others wait for one. */
    public int maxSlow(int usual) {
        return waiting.get() == 0 ? usual : Math.min(usual, limit.max() - limit.max() / 4);
    }

    private void take() {
        boolean isTaken = false;
        try {
            // Without a time, it would take a place before those that wait.
            isTaken = free.tryAcquire(0, TimeUnit.NANOSECONDS) || await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!isTaken) {
            refused.increment();
            throw new TooBusy();
        }
    }

    private boolean await() throws InterruptedException {
        try {
            return waiting.incrementAndGet() <= maxWaiting
                    && free.tryAcquire(limit.patience().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
