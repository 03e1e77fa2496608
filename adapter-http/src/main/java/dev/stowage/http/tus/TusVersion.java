package dev.stowage.http.tus;

import dev.stowage.http.route.Routes;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Adds the protocol version to every response on tus paths, including refusals by handlers before the routes. The path of uploads may end
 * with a slash, which some clients add to their endpoint.
 */
public final class TusVersion extends Handler.Wrapper {

    private static final String HEADER = "Tus-Resumable";
    private static final String SLASHED = Routes.TUS + "/";

    /** @param handler handles the requests */
    public TusVersion(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getPath().startsWith(Routes.TUS)) {
            response.getHeaders().put(HEADER, "1.0.0");
        }
        return super.handle(served(request), response, callback);
    }

    private static Request served(Request request) {
        HttpURI uri = request.getHttpURI();
        return SLASHED.equals(uri.getPath())
                ? Request.serveAs(request, HttpURI.build(uri).path(Routes.TUS).asImmutable())
                : request;
    }
}
