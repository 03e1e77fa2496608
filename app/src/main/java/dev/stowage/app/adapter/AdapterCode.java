package dev.stowage.app.adapter;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import java.util.function.Supplier;

/**
 * Runs the code of one adapter. Libraries often look for their own parts by the context class loader of the thread, so it is the adapter's
 * during a call.
 */
final class AdapterCode {

    private final String origin;
    private final ClassLoader loader;

    /**
     * @param origin where the adapter was found, for operators
     * @param loader of the adapter's classes
     */
    AdapterCode(String origin, ClassLoader loader) {
        this.origin = origin;
        this.loader = loader;
    }

    /** Where the adapter was found, for operators. */
    String origin() {
        return origin;
    }

    /** Runs what loads the adapter, or is one call of it. */
    <T, E extends Exception> T within(Call<T, E> call) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Runs what prepares a store. Its failures are described, because operators see them.
     *
     * @throws StorageException when it fails, also for exceptions that the ports do not allow
     */
    <T> T prepare(Supplier<T> work) {
        try {
            return within(work::get);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new StorageRejected(origin + ": the adapter failed: " + AdapterFault.of(e), e);
        }
    }

    /**
     * Runs a call of an open store.
     *
     * @throws StorageRejected when a class of the adapter is missing
     */
    <T, E extends Exception> T call(Call<T, E> call) throws E {
        try {
            return within(call);
        } catch (LinkageError e) {
            // Clients see the message; the log has the cause.
            throw new StorageRejected("The adapter of the store is incomplete; see the log", e);
        }
    }

    /** The same for a call without a result. */
    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** A call of the adapter. */
    @FunctionalInterface
    interface Call<T, E extends Exception> {

        T run() throws E;
    }
}
