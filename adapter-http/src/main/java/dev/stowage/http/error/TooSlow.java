package dev.stowage.http.error;

import java.io.IOException;

/** The client sent or received so slowly that the server stopped waiting for it. */
public final class TooSlow extends IOException {

    public TooSlow() {
        super("the client is too slow");
    }
}
