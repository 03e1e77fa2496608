package dev.stowage.http.slow;

import dev.stowage.http.limit.ConnectionLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the number of connections below a limit, because the process would otherwise run out of file descriptors. A new connection replaces
 * the one that has been idle for the longest, or else the one that has been sending a header section for the longest; when all others have
 * running requests, the new one is closed. Safe for concurrent use.
 */
public final class ConnectionLimiter {

    /** The network of one client is at least this large (RFC 6177). */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final ConnectionLimit limit;
    private final Counter closed;
    private final Map<WatchedEndPoint, ByteBuffer> open = new LinkedHashMap<>();
    private final Map<ByteBuffer, Integer> ofAddress = new HashMap<>();

    public ConnectionLimiter(ConnectionLimit limit, MeterRegistry registry) {
        this.limit = limit;
        this.closed = Counter.builder("stowage.connections.closed")
                .description("Connections closed to make room for others")
                .register(registry);
        Gauge.builder("stowage.connections", this, ConnectionLimiter::count)
                .description("Client connections")
                .register(registry);
        Gauge.builder("stowage.connections.max", limit, ConnectionLimit::total)
                .description("The maximum number of client connections")
                .register(registry);
    }

    /** Adds a connection, and closes another one, or this one, when the limit is reached. */
    void opened(WatchedEndPoint end) {
        Optional<WatchedEndPoint> last = add(end);
        last.ifPresent(one -> {
            closed.increment();
            one.close();
        });
    }

    /** Removes a closed connection. Idempotent. */
    synchronized void closed(WatchedEndPoint end) {
        ByteBuffer address = open.remove(end);
        if (address != null) {
            ofAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private synchronized int count() {
        return open.size();
    }

    /** @return the connection to close, which is no longer counted */
    private synchronized Optional<WatchedEndPoint> add(WatchedEndPoint end) {
        ByteBuffer address = address(end);
        open.put(end, address);
        int same = ofAddress.merge(address, 1, Integer::sum);
        Optional<WatchedEndPoint> last = Optional.empty();
        if (address.hasRemaining() && limit.perAddress() > 0 && same > limit.perAddress()) {
            last = Optional.of(last(end, other -> address.equals(open.get(other))));
        } else if (open.size() > limit.total()) {
            last = Optional.of(last(end, other -> true));
        }
        last.ifPresent(this::closed);
        return last;
    }

    private WatchedEndPoint last(WatchedEndPoint newcomer, Predicate<WatchedEndPoint> among) {
        Comparator<WatchedEndPoint> inOrderOfClosing = Comparator.comparing((WatchedEndPoint end) -> !end.isInHead())
                .thenComparing(WatchedEndPoint::getIdleFor);
        return others(newcomer)
                .filter(among)
                .filter(end -> !end.isHandling())
                .max(inOrderOfClosing)
                .orElse(newcomer);
    }

    private Stream<WatchedEndPoint> others(WatchedEndPoint newcomer) {
        return open.keySet().stream().filter(end -> end != newcomer);
    }

    /** Returns the address or network of a client; empty for loopback, which has no limit of its own. */
    private static ByteBuffer address(WatchedEndPoint end) {
        if (!(end.getRemoteSocketAddress() instanceof InetSocketAddress remote) || remote.getAddress() == null) {
            return ByteBuffer.allocate(0);
        }
        InetAddress address = remote.getAddress();
        byte[] bytes = address.getAddress();
        int length = bytes.length > IPV6_NETWORK_BYTES ? IPV6_NETWORK_BYTES : bytes.length;
        return address.isLoopbackAddress() ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes, 0, length);
    }
}
