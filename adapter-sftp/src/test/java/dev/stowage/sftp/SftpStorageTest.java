package dev.stowage.sftp;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.NetworkStorageContract;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every store over a network, on an SFTP server. */
final class SftpStorageTest extends NetworkStorageContract {

    private final TestServer server;

    SftpStorageTest(@TempDir Path folder) {
        server = new TestServer(folder);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    protected Storage open() {
        return open(server.settings());
    }

    @Override
    protected InetSocketAddress server() {
        return server.address();
    }

    @Override
    protected Storage openThrough(int port) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("SFTP_PORT", Integer.toString(port));
        settings.put("SFTP_TIMEOUT", "3s");
        return open(settings);
    }

    private static Storage open(Map<String, String> settings) {
        return SftpStorage.open(SftpConfig.from(new Settings(settings)), InstantSource.system());
    }

    @Override
    public long leftovers() {
        return server.leftovers().size();
    }

    /** The sizes of a block with and without a header, and of many blocks. */
    @Override
    public List<Long> thresholds() {
        return List.of((long) Remote.BLOCK, 8L << 20);
    }

    /** Large objects take half a minute, and are stored on request only: {@code -Dstowage.large=true}. */
    @Override
    public boolean holds(long size) {
        return Boolean.getBoolean("stowage.large") && super.holds(size);
    }

    @Override
    public boolean plant(String name) {
        Path file = Path.of(server.store().toString() + new KeyTree("/objects").path(KeyTree.escape(name)));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, "another client's".getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
