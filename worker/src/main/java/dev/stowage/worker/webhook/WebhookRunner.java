package dev.stowage.worker.webhook;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.job.Fence;
import dev.stowage.core.port.Page;
import dev.stowage.core.webhook.WebhookDeliveries;
import dev.stowage.worker.schedule.BackgroundLog;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Delivers the events of webhooks. One thread claims deliveries, as many as can be attempted at once, and others make the attempts. Several
 * processes share the deliveries.
 */
public final class WebhookRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRunner.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final WebhookDeliveries deliveries;
    private final Supplier<Fence> fences;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final ReceiverSlots slots = new ReceiverSlots();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ThreadPoolExecutor threads;

    private WebhookRunner(
            WebhookDeliveries deliveries, Supplier<Fence> fences, Scheduler scheduler, LongSupplier nanos) {
        this.deliveries = deliveries;
        this.fences = fences;
        this.scheduler = scheduler;
        this.nanos = nanos;
        AtomicInteger names = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                ReceiverSlots.ALL,
                ReceiverSlots.ALL,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "stowage-webhook-" + names.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts on threads of its own.
     *
     * @param fences a new fence for each round; it closes before the claims of this process can be lost
     */
    public static WebhookRunner start(WebhookDeliveries deliveries, Supplier<Fence> fences) {
        return start(deliveries, fences, new ThreadScheduler("stowage-webhooks"), System::nanoTime);
    }

    static WebhookRunner start(
            WebhookDeliveries deliveries, Supplier<Fence> fences, Scheduler scheduler, LongSupplier nanos) {
        WebhookRunner runner = new WebhookRunner(deliveries, fences, scheduler, nanos);
        new RecurringTask("Delivering webhooks", runner::round, INTERVAL, scheduler).start(INTERVAL);
        return runner;
    }

    /** Begins as many attempts as there are slots. */
    private void round() {
        woken.set(false);
        Optional<Long> position = Optional.of(0L);
        while (position.isPresent() && !Thread.currentThread().isInterrupted()) {
            Page<Webhook, Long> page = deliveries.due(position.get());
            page.items().forEach(this::begin);
            position = page.next();
        }
    }

    private void begin(Webhook webhook) {
        int free = slots.take(webhook.id());
        if (free == 0) {
            return;
        }
        Fence fence = fences.get();
        List<WebhookDelivery> claimed = List.of();
        try {
            claimed = deliveries.claim(webhook, free);
        } finally {
            slots.leave(webhook.id(), free - claimed.size());
        }
        claimed.forEach(delivery -> threads.execute(() -> attempt(webhook, delivery, fence)));
    }

    private void attempt(Webhook webhook, WebhookDelivery delivery, Fence fence) {
        long start = nanos.getAsLong();
        boolean success = false;
        try {
            success = deliveries.attempt(webhook, delivery, fence);
        } catch (RuntimeException | Error e) {
            BackgroundLog.log(
                    LOG.atLevel(e instanceof StorageException ? Level.WARN : Level.ERROR),
                    e,
                    "The result of delivery {} of webhook {} was not recorded; it will be repeated",
                    delivery.event().id(),
                    webhook.id());
        } finally {
            slots.leave(webhook.id(), success, Duration.ofNanos(nanos.getAsLong() - start));
        }
        if (woken.compareAndSet(false, true)) {
            scheduler.after(Duration.ZERO, this::roundAgain);
        }
    }

    /** There may be more to deliver. A failure is found by the regular rounds, too. */
    private void roundAgain() {
        try {
            round();
        } catch (StorageException e) {
            LOG.debug("Webhooks are delivered later", e);
        }
    }

    /** Interrupts attempts, which are repeated later, and returns within some seconds. Idempotent. */
    @Override
    public void close() {
        scheduler.close();
        List<Runnable> unused = threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Deliveries to webhooks did not end within {} s", CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
