package dev.stowage.core.access;

import java.util.Optional;
import java.util.stream.Stream;

/** An action that rights permit. */
public enum Action {
    /** Downloads files, reads their metadata, and lists them. */
    READ("read"),
    /** Stores files in any way, including copies. */
    WRITE("write"),
    /** Deletes files, including the source of a move. */
    DELETE("delete"),
    /** Submits batch jobs, and reads and controls one's own. The job's operation on the files needs its own rights. */
    JOBS("jobs"),
    /** Manages one's own webhooks. The events that they deliver need the rights to read them. */
    WEBHOOKS("webhooks"),
    /** Reads the service's metrics. */
    METRICS("metrics"),
    /** Manages the API keys that have no other rights than the principal itself. */
    ADMIN("admin");

    private final String id;

    Action(String id) {
        this.id = id;
    }

    /** Returns the name in APIs and tokens, such as {@code read}. */
    public String id() {
        return id;
    }

    /** Returns the action with that name. */
    public static Optional<Action> named(String id) {
        return Stream.of(values()).filter(action -> action.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
