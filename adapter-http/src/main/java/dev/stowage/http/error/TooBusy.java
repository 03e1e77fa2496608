package dev.stowage.http.error;

/** Too many transfers are running to start another. This is not a failure and may occur very often, so it has no stack trace. */
public final class TooBusy extends RuntimeException {

    public TooBusy() {
        super("too many transfers are running", null, false, false);
    }
}
