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

/** Takes connections, each of which {@link SlowClients} then watches. */
public final class WatchedConnector extends ServerConnector {

    /** @param protocols from the network upwards */
    public WatchedConnector(Server server, ConnectionFactory... protocols) {
        super(server, protocols);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        WatchedEndPoint end = new WatchedEndPoint(channel, selector, key, getScheduler());
        end.setIdleTimeout(getIdleTimeout());
        return end;
    }

    /** Has connections end with the request under way: most clients keep theirs open, and the end would wait for each to be idle. */
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
