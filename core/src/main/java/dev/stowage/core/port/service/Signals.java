package dev.stowage.core.port.service;

import java.util.function.Consumer;

/**
 * Tells the processes that share a database of a change, so that they look at once instead of at their next interval. Signals may be lost,
 * repeated or late, so nothing may depend on them. Safe for concurrent use.
 */
public interface Signals {

    /** The kinds of changes. */
    enum Topic {
        /** Another request took over a resumable upload, or it was terminated; the subject is its {@code ResumableId}. */
        UPLOADS,
        /**
         * An attempt at a part of a multipart upload began while an older one was not recorded; the subject is the number of the attempt,
         * the number of the part and the {@code UploadId}, separated by slashes.
         */
        PARTS,
        /** There is work on a job; the subject is its {@code JobId}. */
        JOBS
    }

    /**
     * Sends a signal to all processes, including this one. To be called after the change was made. Never fails; takes no longer than other
     * calls to the database.
     *
     * @param subject without spaces, up to 1100 characters
     */
    void send(Topic topic, String subject);

    /**
     * Adds a listener, which is never removed.
     *
     * @param listener called with the subject of each signal, and with an empty one at intervals and when signals may have been lost. Called
     *     by any thread, also by several at once; it must not throw, and should return soon
     */
    void listen(Topic topic, Consumer<String> listener);

    /** Whether the signals of all other processes arrive at present, as far as is known. */
    boolean receivesAll();
}
