package dev.stowage.http.limit;

import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import java.util.function.LongSupplier;

/**
 * Holds each principal to a rate of requests, and tells it where it stands, by the fields of
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/">draft-ietf-httpapi-ratelimit-headers-11</a>. Safe
 * for concurrent use.
 */
public final class RequestRate {

    /** The field that tells what holds always. */
    public static final String POLICY_HEADER = "RateLimit-Policy";

    /** The field that tells what is left. */
    public static final String HEADER = "RateLimit";

    /** Of buckets; a hundred bytes each. */
    private static final int PLACES = 100_000;

    private final Limits limits;
    private final String policy;
    private final TokenBuckets principals;
    /** Apart, because anybody can bring more addresses than there is room for. */
    private final TokenBuckets addresses;

    /** @param nanoTime what time it is, as {@link System#nanoTime()} has it */
    public RequestRate(Limits limits, LongSupplier nanoTime) {
        int rate = Math.max(1, limits.requestRate());
        int burst = Math.max(1, limits.requestBurst());
        this.limits = limits;
        this.policy = "\"requests\";q=" + burst + ";w=" + (burst + rate - 1) / rate;
        this.principals = new TokenBuckets(rate, burst, PLACES, nanoTime);
        this.addresses = new TokenBuckets(rate, burst, PLACES, nanoTime);
    }

    /**
     * Counts a request to a matched route, once it is known who calls.
     *
     * @throws RequestException 429 when there were too many of the caller's
     */
    public void count(Context ctx) {
        if (limits.requestRate() == 0 || ctx.routeRoles().contains(RouteAccess.PUBLIC)) {
            return;
        }
        Account account = Account.of(ctx);
        TokenBuckets.Grant grant = (account.isKnown() ? principals : addresses).take(account.name());
        ctx.header(POLICY_HEADER, policy);
        ctx.header(HEADER, "\"requests\";r=" + grant.left() + ";t=" + grant.secondsToNext());
        if (!grant.granted()) {
            throw RequestException.tooManyRequests(
                    "The limit is " + limits.requestRate() + " requests a second, in bursts of up to "
                            + limits.requestBurst() + "; try again after the time in Retry-After",
                    grant.secondsToNext());
        }
    }
}
