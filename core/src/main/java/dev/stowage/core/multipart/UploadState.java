package dev.stowage.core.multipart;

import java.util.Set;

/**
 * How far an upload is. Each step that takes the store's help has a state of its own, written before the store is asked, so that a
 * crash in the middle is seen and driven on.
 */
public enum UploadState {
    /** Takes parts. */
    OPEN("open"),
    /** The parts are chosen; the store is making the object. */
    COMPLETING("completing"),
    COMPLETED("completed"),
    /** Given up by the client; the store is freeing the parts. */
    ABORTING("aborted"),
    ABORTED("aborted"),
    /** Given up as nobody went on with it; the store is freeing the parts. */
    EXPIRING("expired"),
    EXPIRED("expired");

    private final String label;

    UploadState(String label) {
        this.label = label;
    }

    /** What clients see. */
    public String label() {
        return label;
    }

    /** Whether the store still has something to do. */
    public boolean isUnfinished() {
        return Set.of(COMPLETING, ABORTING, EXPIRING).contains(this);
    }

    /** Whether nothing changes any more. */
    public boolean isFinal() {
        return successors().isEmpty();
    }

    /** The states that may follow. A completion that the store refuses for good opens the upload again; one that it lost ends it. */
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
