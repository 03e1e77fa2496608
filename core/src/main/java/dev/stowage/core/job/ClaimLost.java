package dev.stowage.core.job;

/**
 * A write names a claim that is no longer on record: the process was taken for dead and its work given to others, or the work was given
 * back. Nothing was written. The work under that claim has to stop at once, without touching another file.
 */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClaimLost(Claim claim) {
        super("Claim " + claim.number() + " on job " + claim.job().id() + " is lost");
    }
}
