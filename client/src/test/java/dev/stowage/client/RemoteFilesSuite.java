package dev.stowage.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link RemoteFiles} with a service that fails on demand. Chunks are of {@link #CHUNK} bytes. */
abstract class RemoteFilesSuite {

    static final int CHUNK = 1 << 10;
    static final String KEY = "raw/demo/a.bin";
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    Path folder;

    FakeService service;
    RemoteFiles files;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        files = client(QUICK).files();
    }

    StowageClient client(RetryPolicy retries) {
        return StowageClient.builder(service.address())
                .apiKey(FakeService.KEY)
                .chunkSize(CHUNK)
                .retries(retries)
                .build();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    Path file(int size) throws IOException {
        return Files.write(folder.resolve("file"), bytes(size));
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
