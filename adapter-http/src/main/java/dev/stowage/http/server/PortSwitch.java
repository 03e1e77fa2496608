package dev.stowage.http.server;

import dev.stowage.http.protocol.SidePort;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Leads the requests of the side port to the handler of its protocol, and all others to the HTTP API. */
final class PortSwitch extends Handler.Wrapper {

    private final Handler side;

    /**
     * @param side handles the requests of the side port
     * @param api handles the others
     */
    PortSwitch(Handler side, Handler api) {
        super(api);
        this.side = side;
        installBean(side);
    }

    @Override
    public void setServer(Server server) {
        super.setServer(server);
        side.setServer(server);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return SidePort.received(request)
                ? side.handle(request, response, callback)
                : super.handle(request, response, callback);
    }
}
