package dev.stowage.core.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of an item. */
public enum ItemState {
    /** It has no result yet. */
    PENDING,
    /** Done. */
    SUCCEEDED,
    /** Not done, and not tried again by itself. */
    FAILED,
    /** There was nothing to do. */
    SKIPPED;

    /** The name clients see, such as {@code succeeded}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name. */
    public static Optional<ItemState> named(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }
}
