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

    private final ConnectionRoom room;

    /**
     * @param room for the connections
     * @param protocols from the network upwards
     */
    public WatchedConnector(Server server, ConnectionRoom room, ConnectionFactory... protocols) {
        super(server, protocols);
        this.room = room;
    }

    @Override
    protected void onEndPointOpened(EndPoint end) {
        super.onEndPointOpened(end);
        if (end instanceof WatchedEndPoint watched) {
            room.opened(watched);
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint end) {
        super.onEndPointClosed(end);
        if (end instanceof WatchedEndPoint watched) {
            room.closed(watched);
        }
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
