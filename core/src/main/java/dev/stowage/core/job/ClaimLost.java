package dev.stowage.core.job;

/**
 * Work on a job is no longer this process's, or may not be: the process was taken for dead and its work given to others, the work was given
 * back, or the process was silent for so long that others may have it. Nothing was written. The work under that claim has to stop at once,
 * without touching another file.
 */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A write names a claim that is no longer on record. */
    public ClaimLost(Claim claim) {
        this("Claim " + claim.number() + " on job " + claim.job().id() + " is lost");
    }

    private ClaimLost(String message) {
        super(message);
    }

    /** The process did not renew its lease in time, whether others have taken over its claims or not. */
    public static ClaimLost leaseExpired() {
        return new ClaimLost("This process did not renew its lease in time");
    }
}
