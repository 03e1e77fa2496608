package dev.stowage.http.error;

import java.io.IOException;

/** The client sent or read so slowly that the server waits for it no longer. */
public final class TooSlow extends IOException {

    public TooSlow() {
        super("the client is too slow");
    }
}
