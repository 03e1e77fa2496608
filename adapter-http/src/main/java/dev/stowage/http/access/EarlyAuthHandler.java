package dev.stowage.http.access;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.http.route.Routes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Turns wrong credentials away before servlets and routes cost anything, and makes those wait who try very many, so that they slow nobody
 * else down. What a route asks of those who bring none is for {@link RequestAuthenticator#pass} to say; it has requests with a body, too, as their clients
 * must be heard out before they hear the answer.
 */
public final class EarlyAuthHandler extends Handler.Wrapper {

    /** Refused at once each second: more than mistakes are, and next to no work. Waiting takes a connection, and no thread. */
    static final int AT_ONCE = 500;

    private final RequestAuthenticator authenticator;
    private final Request.Handler errors;
    private final RefusalThrottle refusals;
    private final DelayQueue times;

    /**
     * @param errors answers for the exception that a request has as {@link ErrorHandler#ERROR_EXCEPTION}; Jetty's own way to it logs every
     *     one with its stack
     * @param handler what handles those that are not turned away
     */
    public EarlyAuthHandler(RequestAuthenticator authenticator, Request.Handler errors, Handler handler) {
        this(authenticator, errors, handler, System::nanoTime);
    }

    EarlyAuthHandler(
            RequestAuthenticator authenticator, Request.Handler errors, Handler handler, LongSupplier nanoTime) {
        super(handler);
        this.authenticator = authenticator;
        this.errors = errors;
        this.refusals = new RefusalThrottle(AT_ONCE, nanoTime);
        this.times = new DelayQueue(nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Secret> credential =
                isLookedAt(request) ? Credentials.of(request.getHeaders()::get) : Optional.empty();
        if (credential.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Optional<Principal> caller;
        try {
            caller = authenticator.find(credential.get());
        } catch (StorageException unknown) {
            return refuse(request, response, callback, unknown);
        }
        if (caller.isPresent()) {
            Caller.set(request, caller.get());
            return super.handle(request, response, callback);
        }
        StorageException wrong =
                authenticator.refusal(request.getMethod(), request.getHttpURI().getDecodedPath());
        if (refusals.isAmongFirst()) {
            return refuse(request, response, callback, wrong);
        }
        Scheduler.Task unused = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> refuse(request, response, callback, wrong),
                        times.next().toMillis(),
                        TimeUnit.MILLISECONDS);
        return true;
    }

    private boolean isLookedAt(Request request) {
        String path = request.getHttpURI().getPath();
        return authenticator.isGuarded()
                && path.startsWith(Routes.API)
                && !path.startsWith(UrlVerifier.PATH)
                && !HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) <= 0
                && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private boolean refuse(Request request, Response response, Callback callback, StorageException refusal) {
        request.setAttribute(ErrorHandler.ERROR_EXCEPTION, refusal);
        try {
            return errors.handle(request, response, callback);
        } catch (Exception e) {
            callback.failed(e);
            return true;
        }
    }
}
