package dev.stowage.core.batch;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the properties of files in the order of their items, several at a time, a bounded number of items ahead. To be used by one thread.
 * Its own threads only read from the store.
 */
final class PropertyReader implements AutoCloseable {

    /** Keeps the threads busy while one file takes longer than others. */
    private static final int AHEAD_OF_EACH = 4;

    private final ObjectStore store;
    private final Iterator<JobItem> items;
    private final int window;
    private final ExecutorService threads;
    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(JobItem item, Future<Optional<ObjectInfo>> file) {}

    /**
     * An item whose properties have been read.
     *
     * @param file empty when there is no file, or it could not be read
     * @param failure why it could not be read
     */
    record Found(JobItem item, Optional<ObjectInfo> file, Optional<StorageException> failure) {}

    /** @param concurrency how many files are read at once */
    PropertyReader(ObjectStore store, Iterator<JobItem> items, int concurrency) {
        this.store = store;
        this.items = items;
        this.window = concurrency * AHEAD_OF_EACH;
        this.threads = Executors.newFixedThreadPool(concurrency, task -> {
            Thread thread = new Thread(task, "stowage-inventory");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns the next item; empty at the end. @throws StorageUnavailable when interrupted */
    Optional<Found> next() {
        while (readings.size() < window && items.hasNext()) {
            JobItem item = items.next();
            readings.add(new Reading(item, threads.submit(() -> store.stat(item.key()))));
        }
        return Optional.ofNullable(readings.poll()).map(PropertyReader::await);
    }

    private static Found await(Reading reading) {
        try {
            return new Found(reading.item(), reading.file().get(), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The job was stopped", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                return new Found(reading.item(), Optional.empty(), Optional.of(failure));
            }
            throw new IllegalStateException("The properties of a file could not be read", e.getCause());
        }
    }

    /** Stops reading; returns at once. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
