package dev.stowage.http.exchange;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The connections of requests. */
public final class Connections {

    private Connections() {}

    /** Returns an action that closes the connection of a request, from any thread; a blocked read of its body fails at once. */
    public static Runnable cut(Context ctx) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return endPoint::close;
    }
}
