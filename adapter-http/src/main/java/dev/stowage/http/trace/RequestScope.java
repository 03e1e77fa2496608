package dev.stowage.http.trace;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * The outermost handler: gives the request its id, in the answer and in the logging context, and hides
 * {@code X-HTTP-Method-Override}, by which a GET that a cache or a proxy let pass could become a DELETE. On a POST to where tus is
 * spoken it stays, as that protocol has it for networks that let no PATCH pass.
 */
public final class RequestScope extends Handler.Wrapper {

    /** The name in the logging context of where the request comes from. */
    private static final String REMOTE = "remote";

    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final String overridable;

    /**
     * @param overridable what the paths begin with where a POST may stand for another method
     * @param handler what handles requests within
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
