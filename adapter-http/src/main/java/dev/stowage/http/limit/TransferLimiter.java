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
 * Limits the concurrent file transfers of all clients, so that small requests, which are not counted, find threads however slow the disk,
 * the store or the clients are. A transfer without a slot waits for one, in order of arrival, and is refused after the configured wait, or
 * at once when too many wait already. Safe for concurrent use.
 */
public final class TransferLimiter {

    /** Each waiting transfer holds a thread. */
    private static final int MAX_WAITING = 256;

    /** Longer than an unblocked turn takes, and short enough for others to continue while one waits for a client or the store. */
    private static final Duration MAX_TURN_WAIT = Duration.ofMillis(2);

    private static final String IS_TRANSFER = "stowage.transfer";

    private final TransferLimit limit;
    private final int maxWaiting;
    private final FairTransferScheduler turns =
            new FairTransferScheduler(Runtime.getRuntime().availableProcessors(), MAX_TURN_WAIT, System::nanoTime);
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter refused;

    /** Work that runs while it has a slot. */
    @FunctionalInterface
    public interface Work<E extends Exception> {

        /** Runs the work. */
        void run() throws E;
    }

    /** @param registry for the meters of running, waiting and refused transfers */
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
     * Runs {@code transfer} as soon as a slot is free. The slot is released when it returns or throws.
     *
     * @throws TooBusy when no slot is free in time, or the thread is interrupted, which keeps its interrupt status
     */
    public <E extends Exception> void run(Work<E> transfer) throws E {
        take();
        try {
            transfer.run();
        } finally {
            free.release();
        }
    }

    /** Wraps the handler of an upload, so that it waits for a slot before its body is read. A request without a body needs no slot. */
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

    /** The scheduler by which running transfers copy their bytes. */
    public FairTransferScheduler turns() {
        return turns;
    }

    /** Marks a request as a transfer. */
    public static void mark(Context transfer) {
        transfer.attribute(IS_TRANSFER, true);
    }

    /** Must be called at the end of each request: after small ones, transfers take turns. */
    public void noteEnd(Context request) {
        if (request.attribute(IS_TRANSFER) == null) {
            noteSmall();
        }
    }

    /** Must be called at the end of each request of another protocol that was no transfer. */
    public void noteSmall() {
        turns.makeRoom();
    }

    /**
     * Returns the number of slow clients to wait for: {@code usual}, or fewer when they would hold all slots while others wait for one.
     */
    public int maxSlow(int usual) {
        return waiting.get() == 0 ? usual : Math.min(usual, limit.max() - limit.max() / 4);
    }

    private void take() {
        boolean isTaken = false;
        try {
            // Without a timeout it would take a slot before those that wait.
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
                    && free.tryAcquire(limit.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
