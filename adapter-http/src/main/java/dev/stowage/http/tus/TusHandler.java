package dev.stowage.http.tus;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Wraps every route but {@code OPTIONS}: checks the protocol version, and maps a checksum mismatch to its status. */
final class TusHandler implements Handler {

    private static final int WRONG_CHECKSUM = 460;

    private final ErrorMapper errors = new ErrorMapper();
    private final Handler handler;

    TusHandler(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(Context ctx) throws Exception {
        String version = TusHeaders.text(ctx, TusHeaders.RESUMABLE);
        if (!version.equals(TusHeaders.VERSION)) {
            throw new RequestException(
                    new Problem(412, "PreconditionFailed", "Send Tus-Resumable: 1.0.0, the only supported version")
                            .withHeader("Tus-Version", TusHeaders.VERSION));
        }
        try {
            handler.handle(ctx);
        } catch (ChecksumMismatch e) {
            throw new RequestException(errors.map(e).withStatus(WRONG_CHECKSUM), e);
        }
    }
}
