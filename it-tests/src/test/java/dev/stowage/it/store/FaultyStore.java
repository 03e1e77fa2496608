package dev.stowage.it.store;

import dev.stowage.testkit.fault.FaultyS3;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An S3 server behind a door that fails when a test says so. */
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

    /** Starts the server, with the door open. */
    public static FaultyStore start() {
        return new FaultyStore(S3ProxyBackend.start());
    }

    /** The settings that lead the service to the door. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.put(ENDPOINT, door.endpoint().toString());
        return settings;
    }

    /** The door. */
    public FaultyS3 door() {
        return door;
    }

    /** Lets nobody connect any more. */
    public void leave() {
        door.close();
    }

    /** Comes back to where it was. */
    public void comeBack() {
        door = new FaultyS3(endpoint(), door.endpoint().getPort());
    }

    /** A client that needs no door. */
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
