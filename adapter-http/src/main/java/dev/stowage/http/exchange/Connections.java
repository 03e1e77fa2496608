package dev.stowage.http.exchange;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The connections that requests come by. */
public final class Connections {

    private Connections() {}

    /** Closes the connection of a request, from any thread: a read of its body that waits for the client fails at once. */
    public static Runnable cut(Context ctx) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return endPoint::close;
    }
}
