package dev.stowage.core.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the secret. */
final class SecretFileTest {

    private static final SecretFile SECRET = new SecretFile("test.key", "what it has signed");

    @TempDir
    private Path folder;

    @Test
    void loadOrCreate_createsAFileReadableOnlyByItsOwner_andKeepsIt() throws IOException {
        Secret first = SECRET.loadOrCreate(folder);
        Secret second = SECRET.loadOrCreate(folder);

        assertThat(second.value()).isEqualTo(first.value()).hasSize(64);
        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(SECRET.loadOrCreate(Files.createDirectory(folder.resolve("other")))
                        .value())
                .isNotEqualTo(first.value());
    }

    @Test
    void loadOrCreate_concurrently_returnsTheSameSecret_andLeavesNothingElse() throws Exception {
        int count = 16;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<String>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(threads.submit(() -> {
                start.await();
                return SECRET.loadOrCreate(folder).value();
            }));
        }
        Set<String> secrets = new HashSet<>();
        for (Future<String> future : futures) {
            secrets.add(future.get());
        }
        threads.shutdown();

        assertThat(secrets).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(SECRET.name()));
        }
        assertThat(permissions()).isEqualTo("rw-------");
    }

    @Test
    void loadOrCreate_ofAFileReadableByOthers_restrictsIt() throws IOException {
        SECRET.loadOrCreate(folder);
        Files.setPosixFilePermissions(folder.resolve(SECRET.name()), PosixFilePermissions.fromString("rw-r--r--"));

        SECRET.loadOrCreate(folder);

        assertThat(permissions()).isEqualTo("rw-------");
    }

    @Test
    void loadOrCreate_ofDamagedFile_saysWhatToDo() throws IOException {
        Files.writeString(folder.resolve(SECRET.name()), "");

        assertThatThrownBy(() -> SECRET.loadOrCreate(folder))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("delete it to invalidate what it has signed");
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(SECRET.name())));
    }
}
