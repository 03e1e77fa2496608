package dev.stowage.core.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a job is between its submission and its end. */
public enum JobState {
    /** Nobody has begun. */
    QUEUED,
    /** Items are being listed or worked on. */
    RUNNING,
    /** Somebody stopped it for a while. */
    PAUSED,
    /** Every item succeeded or had nothing to be done. */
    SUCCEEDED,
    /** Some items failed. */
    PARTIALLY_FAILED,
    /** All items failed, or it was stopped by a failure. */
    FAILED,
    /** Somebody stopped it for good. */
    CANCELLED;

    /** The name clients see, such as {@code partially_failed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name. */
    public static Optional<JobState> named(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }

    /** Whether items are worked on, or will be without anybody doing anything. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }

    /** Whether its items' results, or what stopped them, have ended it. */
    public boolean isOutcome() {
        return isFinished() && this != CANCELLED;
    }

    /** Whether it has come to its end. */
    public boolean isFinished() {
        return !isActive() && this != PAUSED;
    }
}
