package dev.stowage.local.url;

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
final class SigningSecretTest {

    @TempDir
    private Path folder;

    @Test
    void loadOrCreate_createsAFileReadableOnlyByItsOwner_andKeepsIt() throws IOException {
        Secret first = SigningSecret.loadOrCreate(folder);
        Secret second = SigningSecret.loadOrCreate(folder);

        assertThat(second.value()).isEqualTo(first.value()).hasSize(64);
        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(SigningSecret.loadOrCreate(Files.createDirectory(folder.resolve("other")))
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
                return SigningSecret.loadOrCreate(folder).value();
            }));
        }
        Set<String> secrets = new HashSet<>();
        for (Future<String> future : futures) {
            secrets.add(future.get());
        }
        threads.shutdown();

        assertThat(secrets).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(SigningSecret.FILE));
        }
        assertThat(permissions()).isEqualTo("rw-------");
    }

    @Test
    void loadOrCreate_ofAFileReadableByOthers_restrictsIt() throws IOException {
        SigningSecret.loadOrCreate(folder);
        Files.setPosixFilePermissions(folder.resolve(SigningSecret.FILE), PosixFilePermissions.fromString("rw-r--r--"));

        SigningSecret.loadOrCreate(folder);

        assertThat(permissions()).isEqualTo("rw-------");
    }

    @Test
    void loadOrCreate_ofDamagedFile_saysWhatToDo() throws IOException {
        Files.writeString(folder.resolve(SigningSecret.FILE), "");

        assertThatThrownBy(() -> SigningSecret.loadOrCreate(folder))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("delete it");
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(SigningSecret.FILE)));
    }
}
