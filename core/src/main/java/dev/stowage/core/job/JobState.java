package dev.stowage.core.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a job. */
public enum JobState {
    /** Was submitted and not started. */
    QUEUED,
    /** Items are being enumerated or processed. */
    RUNNING,
    /** Was paused by a client. */
    PAUSED,
    /** Every item succeeded or needed no processing. */
    SUCCEEDED,
    /** Some items failed. */
    PARTIALLY_FAILED,
    /** All items failed, or a failure stopped the job. */
    FAILED,
    /** Was cancelled by a client. */
    CANCELLED;

    /** Returns the name that clients see, such as {@code partially_failed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state with that name. */
    public static Optional<JobState> named(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }

    /** Whether items are being processed, or will be without a further request. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }

    /** Whether its items' results, or the failure that stopped them, have ended it. */
    public boolean isOutcome() {
        return isFinished() && this != CANCELLED;
    }

    /** Whether it has finished. */
    public boolean isFinished() {
        return !isActive() && this != PAUSED;
    }
}
