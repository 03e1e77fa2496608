package dev.stowage.http.ietf;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * Wraps every route of the draft: error responses say that the upload is not complete, and those for a wrong offset have the correct one.
 */
final class DraftHandler implements Handler {

    private final ErrorMapper errors = new ErrorMapper();
    private final Handler handler;

    DraftHandler(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(Context ctx) throws Exception {
        try {
            InteropVersion.check(ctx);
            handler.handle(ctx);
        } catch (Conflict e) {
            Problem problem = errors.map(e);
            throw refused(e.detail().containsKey("offset") ? DraftProblems.mismatchingOffset(problem, e) : problem, e);
        } catch (StorageException | RequestException e) {
            throw refused(errors.map(e), e);
        }
    }

    private static RequestException refused(Problem problem, Exception cause) {
        return new RequestException(problem.withHeader(DraftHeaders.COMPLETE, "?0"), cause);
    }
}
