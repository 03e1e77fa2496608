package dev.stowage.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A service in this process, on a store in memory, for tests of commands. */
final class MemoryService implements AutoCloseable {

    private final Service service;
    private final String url;

    private MemoryService(Service service, String url) {
        this.service = service;
        this.url = url;
    }

    /** @param more settings besides those of the store, the folder and the port */
    static MemoryService start(Path data, Map<String, String> more) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> settings = new HashMap<>(more);
        settings.put("STORAGE_ADAPTER", "memory");
        settings.put("DATA_DIR", data.toString());
        settings.put("HTTP_PORT", Integer.toString(port));
        return new MemoryService(
                Service.serve(new CliEnvironment(settings, data, false).configuration(), InstantSource.system()),
                "http://127.0.0.1:" + port);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        service.close();
    }
}
