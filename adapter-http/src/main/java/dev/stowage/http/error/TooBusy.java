package dev.stowage.http.error;

/** There are too many transfers under way for one more. Nothing failed, and there may be very many of it at once, so it has no stack. */
public final class TooBusy extends RuntimeException {

    public TooBusy() {
        super("too many transfers are running", null, false, false);
    }
}
