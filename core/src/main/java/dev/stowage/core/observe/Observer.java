package dev.stowage.core.observe;

import java.util.Map;

/**
 * Observes the work of the service while it runs, for traces. Each method runs the work once, in the calling thread, and returns its result
 * or throws its exception. Implementations never fail on their own. Safe for concurrent use.
 */
public interface Observer {

    /** Observes nothing. */
    Observer NONE = new Observer() {

        @Override
        public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
            return work.run();
        }

        @Override
        public <T, X extends Exception> T unit(String name, Map<String, String> details, Work<T, X> work) throws X {
            return work.run();
        }
    };

    /**
     * Runs a step of the unit of work that the calling thread is in, such as a use case within a request. Outside a unit, the step is not
     * observed.
     *
     * @param name one of few, such as {@code file.put}
     */
    <T, X extends Exception> T step(String name, Work<T, X> work) throws X;

    /**
     * Runs a unit of work that no request has caused, such as a batch of a job.
     *
     * @param name one of few, such as {@code job.batch}
     * @param details by name; must contain no secrets and no keys of files
     */
    <T, X extends Exception> T unit(String name, Map<String, String> details, Work<T, X> work) throws X;

    /** A piece of work. */
    @FunctionalInterface
    interface Work<T, X extends Exception> {

        /** Does the work. */
        T run() throws X;
    }
}
