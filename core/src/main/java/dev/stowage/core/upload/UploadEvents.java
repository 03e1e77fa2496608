package dev.stowage.core.upload;

/**
 * Receives the events of resumable uploads, in the threads that cause them. Implementations return at once and throw nothing. Safe for
 * concurrent use.
 */
public interface UploadEvents {

    /** Ignores all events. */
    UploadEvents NONE = new UploadEvents() {};

    /** An upload was created and recorded. */
    default void begun() {}

    /** Bytes were received, including those that are discarded later because of a wrong digest. */
    default void received(long bytes) {}

    /** The file, or the partial upload, is complete; called once for each upload. */
    default void finished() {}

    /** A client terminated an unfinished upload. */
    default void terminated() {}

    /** A request took over an upload from another request that was still running. */
    default void takenOver() {}
}
