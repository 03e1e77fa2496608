package dev.stowage.core.job;

/**
 * This process no longer has a claim, or may have lost it: the process was considered dead and its work was given to others, the claim was
 * released, or the process did not renew its lease in time. Nothing was written. The work under that claim has to stop at once, without
 * changing another file.
 */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the error for a write under a claim that is no longer held. */
    public ClaimLost(Claim claim) {
        this("Claim " + claim.number() + " on job " + claim.job().id() + " is lost");
    }

    private ClaimLost(String message) {
        super(message);
    }

    /** Creates the error for a lease that was not renewed in time, whether or not others have taken over the claims. */
    public static ClaimLost leaseExpired() {
        return new ClaimLost("This process did not renew its lease in time");
    }
}
