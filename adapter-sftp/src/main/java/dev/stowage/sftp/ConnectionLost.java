package dev.stowage.sftp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/** A connection ended, or was ended because a request was not answered in time. Whether the request was carried out is unknown. */
final class ConnectionLost extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean timedOut;

    ConnectionLost(String message, boolean timedOut) {
        super(message);
        this.timedOut = timedOut;
    }

    ConnectionLost(Throwable cause) {
        super("the connection ended", cause);
        this.timedOut = isTimeout(cause);
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the time of the call may have been used up. */
    boolean timedOut() {
        return timedOut;
    }
}
