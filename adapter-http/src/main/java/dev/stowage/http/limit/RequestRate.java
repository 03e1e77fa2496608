package dev.stowage.http.limit;

import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Limits the request rate of each principal, and reports it in the header fields of
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/">draft-ietf-httpapi-ratelimit-headers-11</a>. Safe for
 * concurrent use.
 */
public final class RequestRate {

    /** The header field with the limit. */
    public static final String POLICY_HEADER = "RateLimit-Policy";

    /** The header field with the remaining requests. */
    public static final String HEADER = "RateLimit";

    /** The maximum number of buckets, of about 100 bytes each. */
    private static final int MAX_BUCKETS = 100_000;

    private final Limits limits;
    private final String policy;
    private final TokenBuckets principals;
    /** Separate, because clients can have more addresses than there are buckets. */
    private final TokenBuckets addresses;

    /** @param nanoTime the current time, as {@link System#nanoTime()} */
    public RequestRate(Limits limits, LongSupplier nanoTime) {
        int rate = Math.max(1, limits.requestRate());
        int burst = Math.max(1, limits.requestBurst());
        this.limits = limits;
        this.policy = "\"requests\";q=" + burst + ";w=" + (burst + rate - 1) / rate;
        this.principals = new TokenBuckets(rate, burst, MAX_BUCKETS, nanoTime);
        this.addresses = new TokenBuckets(rate, burst, MAX_BUCKETS, nanoTime);
    }

    /**
     * Counts a request to a matched route, after authentication.
     *
     * @throws RequestException 429 when the caller has made too many requests
     */
    public void count(Context ctx) {
        if (ctx.routeRoles().contains(RouteAccess.PUBLIC)) {
            return;
        }
        count(Account.of(ctx), ctx::header);
    }

    /**
     * Counts a request of an account.
     *
     * @param header sets a field of the response
     * @throws RequestException 429 when it has made too many requests
     */
    public void count(Account account, BiConsumer<String, String> header) {
        if (limits.requestRate() == 0) {
            return;
        }
        TokenBuckets.Grant grant = (account.isKnown() ? principals : addresses).take(account.name());
        header.accept(POLICY_HEADER, policy);
        header.accept(HEADER, "\"requests\";r=" + grant.left() + ";t=" + grant.secondsToNext());
        if (!grant.granted()) {
            throw RequestException.tooManyRequests(
                    "The limit is " + limits.requestRate() + " requests a second, in bursts of up to "
                            + limits.requestBurst() + "; try again after the time in Retry-After",
                    grant.secondsToNext());
        }
    }
}
