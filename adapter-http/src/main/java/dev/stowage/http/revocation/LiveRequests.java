package dev.stowage.http.revocation;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.http.access.Caller;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.error.CredentialEnded;
import dev.stowage.http.exchange.CredentialCheck;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The running requests with a credential. Long requests are cut off soon after their credential has expired or was revoked, in this process
 * or another one on the same database: first reads of their bodies fail, so that uploads can still respond; a request that is still running
 * at the next check loses its connection. Safe for concurrent use.
 */
public final class LiveRequests implements AutoCloseable {

    /**
     * The interval between checks. Two of them, plus the time until {@link RequestAuthenticator} sees a revocation, are under five seconds.
     */
    static final Duration INTERVAL = Duration.ofMillis(1500);

    /** Shorter requests are not checked again. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RequestAuthenticator authenticator;
    private final LongSupplier nanoTime;
    private final Set<Live> live = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    LiveRequests(RequestAuthenticator authenticator, LongSupplier nanoTime) {
        this.authenticator = authenticator;
        this.nanoTime = nanoTime;
    }

    /** Starts watching, until it is closed. Without credentials there is nothing to watch. */
    public static LiveRequests watch(RequestAuthenticator authenticator) {
        LiveRequests requests = new LiveRequests(authenticator, System::nanoTime);
        if (authenticator.isGuarded()) {
            Thread thread = new Thread(requests::work, "stowage-live-requests");
            thread.setDaemon(true);
            thread.start();
        }
        return requests;
    }

    /** Tracks an authenticated request until it ends. */
    public void track(Context ctx) {
        if (!authenticator.isGuarded() || !Caller.isKnown(ctx)) {
            return;
        }
        Optional<Secret> credential = authenticator.credential(ctx);
        if (credential.isPresent()) {
            Request request = ServletContextRequest.getServletContextRequest(ctx.req());
            Principal caller = Caller.of(ctx);
            track(request, credential.get(), () -> authenticator.stillAdmits(credential.get(), caller))
                    .attach(ctx.req());
        }
    }

    /**
     * Tracks a request of another protocol until it ends.
     *
     * @param isValid whether its credential is still valid
     */
    public void track(Request request, BooleanSupplier isValid) {
        if (authenticator.isGuarded()) {
            Live unused = track(request, isValid, isValid);
        }
    }

    private Live track(Request request, Object credential, BooleanSupplier isValid) {
        Live tracked = new Live(request, credential, isValid, nanoTime.getAsLong());
        live.add(tracked);
        Request.addCompletionListener(request, ended -> live.remove(tracked));
        return tracked;
    }

    /** Stops watching. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
    }

    private void work() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                checkAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Checks each credential once, however many requests have it. */
    void checkAll() {
        Map<Object, Boolean> valid = new HashMap<>();
        for (Live request : live) {
            if (!request.isShort() && !valid.computeIfAbsent(request.credential, same -> request.isValid())) {
                request.cut();
            }
        }
    }

    private final class Live implements CredentialCheck {

        private final Request request;
        private final Object credential;
        private final BooleanSupplier valid;
        private final long since;
        private boolean failed;

        /** @param credential equal for all requests with the same one */
        Live(Request request, Object credential, BooleanSupplier valid, long since) {
            this.request = request;
            this.credential = credential;
            this.valid = valid;
            this.since = since;
        }

        @Override
        public void check() throws CredentialEnded {
            if (!isShort() && !isValid()) {
                throw new CredentialEnded();
            }
        }

        boolean isShort() {
            return nanoTime.getAsLong() - since < SHORT.toNanos();
        }

        boolean isValid() {
            return valid.getAsBoolean();
        }

        /** Called by one thread. */
        void cut() {
            if (failed) {
                EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
                end.close();
            } else {
                failed = true;
                request.fail(new CredentialEnded());
            }
        }
    }
}
