package dev.stowage.core.multipart;

import java.util.Set;

/**
 * The state of an upload. Each step that involves the store has its own state, recorded before the store is called, so that a step
 * interrupted by a crash is detected and finished.
 */
public enum UploadState {
    /** Accepts parts. */
    OPEN("open"),
    /** The parts are chosen; the store is creating the object. */
    COMPLETING("completing"),
    COMPLETED("completed"),
    /** Aborted by the client; the store is deleting the parts. */
    ABORTING("aborted"),
    ABORTED("aborted"),
    /** Idle for too long; the store is deleting the parts. */
    EXPIRING("expired"),
    EXPIRED("expired");

    private final String label;

    UploadState(String label) {
        this.label = label;
    }

    /** Returns the name that clients see. */
    public String label() {
        return label;
    }

    /** Whether a step in the store is still to be done. */
    public boolean isUnfinished() {
        return Set.of(COMPLETING, ABORTING, EXPIRING).contains(this);
    }

    /** Whether the state is final. */
    public boolean isFinal() {
        return successors().isEmpty();
    }

    /**
     * Returns the states that may follow. A completion that the store rejects opens the upload again; one that the store has lost ends it.
     */
    public Set<UploadState> successors() {
        return switch (this) {
            case OPEN -> Set.of(COMPLETING, ABORTING, EXPIRING);
            case COMPLETING -> Set.of(COMPLETED, OPEN, ABORTED);
            case ABORTING -> Set.of(ABORTED);
            case EXPIRING -> Set.of(EXPIRED);
            case COMPLETED, ABORTED, EXPIRED -> Set.of();
        };
    }
}
