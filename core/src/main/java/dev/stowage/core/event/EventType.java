package dev.stowage.core.event;

import java.util.Optional;
import java.util.stream.Stream;

/** What an event is about. */
public enum EventType {
    /** A file was stored under a key that had none, or the store can't tell whether it had one. */
    FILE_CREATED("file.created"),
    /** A file was replaced, or its attributes were changed. */
    FILE_UPDATED("file.updated"),
    /** A file was deleted, or moved to another key. */
    FILE_DELETED("file.deleted"),
    /** A multipart or resumable upload was completed; its file has an event of its own, before this one. */
    UPLOAD_COMPLETED("upload.completed"),
    /** An upload was given up because it was idle for too long. */
    UPLOAD_EXPIRED("upload.expired"),
    /** A batch job ended: succeeded, partially failed, failed or cancelled. */
    JOB_FINISHED("job.finished"),
    /** The service has disabled a webhook; only its owner is told. */
    WEBHOOK_DISABLED("webhook.disabled"),
    /** Sent to try out a webhook; never in the log. */
    WEBHOOK_TEST("webhook.test");

    private final String id;

    EventType(String id) {
        this.id = id;
    }

    /** Returns the name in the API, such as {@code file.created}. */
    public String id() {
        return id;
    }

    /** Returns the type of events in the log with that name. */
    public static Optional<EventType> named(String id) {
        return Stream.of(values())
                .filter(type -> type != WEBHOOK_TEST && type.id.equals(id))
                .findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
