package dev.stowage.core.access;

import java.util.Optional;
import java.util.stream.Stream;

/** A kind of thing to do. */
public enum Action {
    /** Download files, ask for their metadata, list them. */
    READ("read"),
    /** Store files, in whatever way, as copies too. */
    WRITE("write"),
    /** Delete files; moving one is that for its source. */
    DELETE("delete"),
    /** Submit batch jobs, and see and steer one's own. What such a job does with files takes the right to that, too. */
    JOBS("jobs"),
    /** Read the service's meters. */
    METRICS("metrics");

    private final String id;

    Action(String id) {
        this.id = id;
    }

    /** The name that people and tokens use, such as {@code read}. */
    public String id() {
        return id;
    }

    /** The action of that name. */
    public static Optional<Action> named(String id) {
        return Stream.of(values()).filter(action -> action.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
