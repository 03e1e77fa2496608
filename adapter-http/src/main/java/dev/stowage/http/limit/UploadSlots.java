package dev.stowage.http.limit;

import dev.stowage.http.error.RequestException;
import io.javalin.http.Handler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds each principal to so many uploads at once. Safe for concurrent use. */
public final class UploadSlots {

    /** In seconds: nobody knows when an upload will end. */
    private static final long WAIT = 1;

    private final int max;
    private final Map<Account, Integer> taken = new ConcurrentHashMap<>();

    /** @param max of a principal's uploads at once; 0 for no limit */
    public UploadSlots(int max) {
        this.max = max;
    }

    /**
     * Runs {@code upload} while its caller has a slot, which is given back when it ends, in whatever way, and before the caller hears of it:
     * who waits for each answer is never refused. Without one it answers 429.
     */
    public Handler around(Handler upload) {
        if (max == 0) {
            return upload;
        }
        return ctx -> {
            Account account = Account.of(ctx);
            try {
                if (taken.merge(account, 1, Integer::sum) > max) {
                    throw RequestException.tooManyRequests(
                            "The limit is " + max + " uploads at a time; wait for one of them to finish, and try again",
                            WAIT);
                }
                upload.handle(ctx);
            } finally {
                taken.computeIfPresent(account, (who, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
