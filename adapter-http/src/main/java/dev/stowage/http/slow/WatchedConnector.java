package dev.stowage.http.slow;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts connections, which {@link SlowClients} monitors. */
public final class WatchedConnector extends ServerConnector {

    private final ConnectionLimiter limiter;

    /**
     * @param limiter limits the number of connections
     * @param protocols from the lowest layer upwards
     */
    public WatchedConnector(Server server, ConnectionLimiter limiter, ConnectionFactory... protocols) {
        super(server, protocols);
        this.limiter = limiter;
    }

    @Override
    protected void onEndPointOpened(EndPoint end) {
        super.onEndPointOpened(end);
        if (end instanceof WatchedEndPoint watched) {
            limiter.opened(watched);
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint end) {
        super.onEndPointClosed(end);
        if (end instanceof WatchedEndPoint watched) {
            limiter.closed(watched);
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        WatchedEndPoint end = new WatchedEndPoint(channel, selector, key, getScheduler());
        end.setIdleTimeout(getIdleTimeout());
        return end;
    }

    /**
     * Lets each connection end with its running request: most clients keep connections open, and the stop would wait until each of them is
     * idle.
     */
    @Override
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> ended = super.shutdown();
        for (EndPoint end : getConnectedEndPoints()) {
            if (end instanceof WatchedEndPoint watched) {
                watched.endWhenUnused();
            }
        }
        return ended;
    }
}
