package dev.stowage.s3;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Concurrent requests of one caller, with a limit on their number.
 *
 * <p>For one thread. Waits are bounded by the time-outs of the requests.
 */
final class TaskGroup<T> {

    private final Executor executor;
    private final Semaphore slots;
    private final int inFlight;
    private final List<Task> tasks = new ArrayList<>();
    private volatile boolean failed;

    TaskGroup(Executor executor, int inFlight) {
        this.executor = executor;
        this.slots = new Semaphore(inFlight);
        this.inFlight = inFlight;
    }

    /**
     * Waits for a free slot and starts {@code work}.
     *
     * @param cleanup runs once: after the work has ended, or when it is certain that it never starts
     * @throws StorageUnavailable when the thread is interrupted or the pool is closed; may also throw the failure of an earlier task
     */
    void submit(Callable<T> work, Runnable cleanup) {
        Task task = new Task(work, cleanup);
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            task.discard();
            throw interrupted(e);
        }
        if (failed) {
            slots.release();
            task.discard();
            join();
        }
        tasks.add(task);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.cancel(false);
            throw new StorageUnavailable("The service is shutting down", e);
        }
    }

    /** Waits for all tasks, and returns their results in the order of submission. Throws the failure of the first task that failed. */
    List<T> join() {
        List<T> results = new ArrayList<>();
        for (Task task : tasks) {
            try {
                results.add(task.get());
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (CancellationException e) {
                throw new StorageUnavailable("The service is shutting down", e);
            } catch (ExecutionException e) {
                throw unchecked(e);
            }
        }
        return results;
    }

    /** Cancels unfinished tasks, and waits for them no longer than {@code limit}. */
    void cancel(Duration limit) {
        tasks.forEach(task -> task.cancel(true));
        boolean interrupted = false;
        try {
            if (slots.tryAcquire(inFlight, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                slots.release(inFlight);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static StorageUnavailable interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return S3Errors.interrupted(cause);
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    private final class Task extends FutureTask<T> {

        private final Work<T> work;

        Task(Callable<T> callable, Runnable cleanup) {
            this(new Work<>(callable, cleanup));
        }

        private Task(Work<T> work) {
            super(work);
            this.work = work;
            work.onEnd(slots::release);
        }

        /** For a task that was never given to the executor. */
        void discard() {
            work.onEnd(() -> {});
            cancel(false);
        }

        @Override
        protected void setException(Throwable failure) {
            failed = true;
            super.setException(failure);
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                work.skip();
            }
        }
    }

    /** Cancelling a running {@link FutureTask} does not wait for its end, so the work itself releases what it holds. */
    private static final class Work<T> implements Callable<T> {

        private final Callable<T> callable;
        private final Runnable cleanup;
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile Runnable end = () -> {};

        Work(Callable<T> callable, Runnable cleanup) {
            this.callable = callable;
            this.cleanup = cleanup;
        }

        void onEnd(Runnable action) {
            end = action;
        }

        @Override
        public T call() throws Exception {
            if (!taken.compareAndSet(false, true)) {
                throw new CancellationException();
            }
            try {
                return callable.call();
            } finally {
                cleanup.run();
                end.run();
            }
        }

        void skip() {
            if (taken.compareAndSet(false, true)) {
                cleanup.run();
                end.run();
            }
        }
    }
}
