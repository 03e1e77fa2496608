package dev.stowage.worker.schedule;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks on one daemon thread. */
public final class ThreadScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor executor;

    public ThreadScheduler(String threadName) {
        // A task that schedules its next run while this is being closed must not fail: hence the policy.
        executor = new ScheduledThreadPoolExecutor(1, task -> daemon(task, threadName), new DiscardPolicy());
    }

    @Override
    public void after(Duration delay, Runnable task) {
        Future<?> unused = executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Logs a failure of a task, which would otherwise be lost. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A background task failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Background work did not end within {} s after an interrupt", CLOSE_LIMIT.toSeconds());
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
