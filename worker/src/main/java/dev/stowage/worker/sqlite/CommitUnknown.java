package dev.stowage.worker.sqlite;

/** A change may have been made, or be made yet: the database did not confirm it. Callers read again what is there. */
final class CommitUnknown extends RuntimeException {

    CommitUnknown(Throwable cause) {
        super("the outcome of a commit is unknown", cause);
    }
}
