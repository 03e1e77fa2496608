package dev.stowage.http.trace;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * The outermost handler: sets the request id in the response and in the logging context, and hides {@code X-HTTP-Method-Override}, which
 * could turn a GET that a cache or proxy allowed into a DELETE. On a POST to a tus path the header is kept, because tus defines it for
 * networks that block PATCH.
 */
public final class RequestScope extends Handler.Wrapper {

    /** The name of the client's address in the logging context. */
    private static final String REMOTE = "remote";

    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final String overridable;

    /**
     * @param overridable the prefix of the paths on which a POST may override its method
     * @param handler handles the requests
     */
    public RequestScope(String overridable, Handler handler) {
        super(handler);
        this.overridable = overridable;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = RequestId.of(request);
        response.getHeaders().put(RequestId.HEADER, id);
        MDC.put(RequestId.LOG_KEY, id);
        MDC.put(REMOTE, Request.getRemoteAddr(request));
        try {
            boolean hidden = request.getHeaders().contains(METHOD_OVERRIDE) && !mayOverride(request);
            return super.handle(hidden ? new WithoutOverride(request) : request, response, callback);
        } finally {
            MDC.remove(RequestId.LOG_KEY);
            MDC.remove(REMOTE);
        }
    }

    private boolean mayOverride(Request request) {
        return HttpMethod.POST.is(request.getMethod())
                && request.getHttpURI().getPath().startsWith(overridable);
    }

    private static final class WithoutOverride extends Request.Wrapper {

        private final HttpFields headers;

        WithoutOverride(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
