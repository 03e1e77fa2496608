package dev.stowage.core.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of an item. */
public enum ItemState {
    /** Has no result yet. */
    PENDING,
    /** Was processed. */
    SUCCEEDED,
    /** Failed, and is not retried automatically. */
    FAILED,
    /** Needed no processing. */
    SKIPPED;

    /** Returns the name that clients see, such as {@code succeeded}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state with that name. */
    public static Optional<ItemState> named(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }
}
