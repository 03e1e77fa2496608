package dev.stowage.core.upload;

/**
 * Hears what happens to uploads that go on at a byte, as it happens and in the threads that do it: so it is to return at once and to throw
 * nothing. Safe for concurrent use.
 */
public interface UploadEvents {

    /** Hears nothing. */
    UploadEvents NONE = new UploadEvents() {};

    /** An upload is on record. */
    default void begun() {}

    /** Bytes came for one; those that a wrong digest drops in the end are among them. */
    default void received(long bytes) {}

    /** Its file, or its piece of one, is there; told once for each upload. */
    default void finished() {}

    /** A client gave one up that was not finished. */
    default void givenUp() {}

    /** A request took one over from another that was still at it. */
    default void takenOver() {}
}
