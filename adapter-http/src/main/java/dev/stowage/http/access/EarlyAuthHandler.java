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
 * Refuses requests with invalid credentials before they reach servlets and routes, and delays the refusals when there are very many, so
 * that they do not slow down other clients. Requests without a credential, and requests with a body, which must be read before the response
 * is sent, are left to {@link RequestAuthenticator#pass}.
 */
public final class EarlyAuthHandler extends Handler.Wrapper {

    /**
     * The number of immediate refusals a second: more than honest mistakes cause, and little work. A delayed refusal holds a connection but
     * no thread.
     */
    static final int AT_ONCE = 500;

    private final RequestAuthenticator authenticator;
    private final Request.Handler errors;
    private final RefusalThrottle refusals;
    private final DelayQueue times;

    /**
     * @param errors writes the response for the exception in the attribute {@link ErrorHandler#ERROR_EXCEPTION}; Jetty's own error handling
     *     logs each with its stack trace
     * @param handler handles the requests that are not refused
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
                isAuthenticatedEarly(request) ? Credentials.of(request.getHeaders()::get) : Optional.empty();
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

    private boolean isAuthenticatedEarly(Request request) {
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
