package dev.stowage.http.limit;

import dev.stowage.http.error.RequestException;
import io.javalin.http.Handler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits the concurrent uploads of each principal. Safe for concurrent use. */
public final class UploadSlots {

    /** The value of {@code Retry-After} in seconds; it can't be known when an upload will end. */
    private static final long WAIT = 1;

    private final int max;
    private final Map<Account, Integer> taken = new ConcurrentHashMap<>();

    /** @param max the number of concurrent uploads of a principal; 0 for no limit */
    public UploadSlots(int max) {
        this.max = max;
    }

    /**
     * Wraps the handler of an upload, so that it holds a slot of its caller. The slot is released when the upload ends, before the response
     * is sent, so a client that waits for each response is never refused. Without a free slot the response is 429.
     */
    public Handler around(Handler upload) {
        if (max == 0) {
            return upload;
        }
        return ctx -> run(Account.of(ctx), () -> upload.handle(ctx));
    }

    /**
     * Runs an upload while it holds a slot of {@code account}.
     *
     * @throws RequestException 429 without a free slot
     */
    public <E extends Exception> void run(Account account, TransferLimiter.Work<E> upload) throws E {
        if (max == 0) {
            upload.run();
            return;
        }
        try {
            if (taken.merge(account, 1, Integer::sum) > max) {
                throw RequestException.tooManyRequests(
                        "The limit is " + max + " uploads at a time; wait for one of them to finish, and try again",
                        WAIT);
            }
            upload.run();
        } finally {
            taken.computeIfPresent(account, (who, count) -> count == 1 ? null : count - 1);
        }
    }
}
