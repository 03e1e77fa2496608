package dev.stowage.jwt;

/** A token is not valid. The message says why, for operators, and contains nothing from the token. */
final class RefusedToken extends Exception {

    RefusedToken(String message) {
        // No cause, which may quote the token, and no stack trace, because there may be very many invalid tokens.
        super(message, null, false, false);
    }
}
