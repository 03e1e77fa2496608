package dev.stowage.it.store;

import dev.stowage.it.service.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An S3 server within the tests' own process, which keeps files on disk and verifies signatures. */
public final class S3ProxyBackend implements Backend {

    private final S3Server server;
    private final Path folder;

    private S3ProxyBackend(S3Server server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** Starts the server on a free port. */
    public static S3ProxyBackend start() {
        Path folder = Folders.create();
        return new S3ProxyBackend(S3Server.start(folder), folder);
    }

    @Override
    public String bucket() {
        return S3Server.BUCKET;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(server.settings());
        // Most of the time of large files would be spent on hashing them for the signature. The other stores sign them.
        settings.put("S3_PAYLOAD_SIGNING", "never");
        return settings;
    }

    /** The server reads the attributes of a file by its name, and then opens it by its name. */
    @Override
    public boolean readsOneVersion() {
        return false;
    }

    @Override
    public Optional<OutsideClient> outside() {
        return Optional.of(
                new OutsideClient(server.endpoint(), S3Server.BUCKET, S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
    }

    @Override
    public void close() {
        server.close();
        Folders.delete(folder);
    }
}
