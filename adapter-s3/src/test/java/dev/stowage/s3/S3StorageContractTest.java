package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.testkit.StorageContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, against a server that checks signatures. */
final class S3StorageContractTest extends StorageContract {

    private static final long MIB = 1L << 20;

    private final S3Server server = S3Server.start();

    @TempDir
    private static Path directory;

    @Override
    protected Storage open() {
        Settings settings = new Settings(server.settings());
        StorageOpener opener = new S3StorageProvider().configure(settings);
        assertThat(settings.problems()).isEmpty();
        return opener.open(new StorageOpener.Environment(directory, Clock.systemUTC()));
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    public long leftovers() {
        return server.openUploads();
    }

    @Override
    public List<Long> thresholds() {
        return List.of(5 * MIB, 10 * MIB);
    }
}
