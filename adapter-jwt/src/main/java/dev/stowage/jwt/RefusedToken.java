package dev.stowage.jwt;

/** A token is no good. The message says why, for whoever runs the service, with nothing of the token in it. */
final class RefusedToken extends Exception {

    RefusedToken(String message) {
        // Wrong tokens come in any number: no cause, which may quote the token, and no stack trace, which costs time.
        super(message, null, false, false);
    }
}
