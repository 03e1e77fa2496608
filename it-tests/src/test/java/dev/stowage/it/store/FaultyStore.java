package dev.stowage.it.store;

import dev.stowage.testkit.fault.FaultyS3;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An S3 server behind a proxy that fails on demand. */
public final class FaultyStore implements AutoCloseable {

    private static final String ENDPOINT = "S3_ENDPOINT_URL";

    private final Backend store;
    private final OutsideClient outside;
    private FaultyS3 door;

    private FaultyStore(Backend store) {
        this.store = store;
        this.outside = store.outside().orElseThrow();
        this.door = new FaultyS3(endpoint());
    }

    /** Starts the server, with a working proxy. */
    public static FaultyStore start() {
        return new FaultyStore(S3ProxyBackend.start());
    }

    /** The settings of the service for the proxy. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.put(ENDPOINT, door.endpoint().toString());
        return settings;
    }

    /** The proxy. */
    public FaultyS3 door() {
        return door;
    }

    /** Refuses new connections. */
    public void leave() {
        door.close();
    }

    /** Accepts connections again, at the same address. */
    public void acceptConnections() {
        door = new FaultyS3(endpoint(), door.endpoint().getPort());
    }

    /** A client that bypasses the proxy. */
    public OutsideClient outside() {
        return outside;
    }

    @Override
    public void close() {
        door.close();
        outside.close();
        store.close();
    }

    private URI endpoint() {
        return URI.create(store.settings().get(ENDPOINT));
    }
}
