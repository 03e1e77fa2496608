package dev.stowage.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    @TempDir
    private Path folder;

    @Test
    void neither_isPlainHttp() {
        assertThat(TlsFiles.from(new Settings(Map.of()))).isEmpty();
    }

    @Test
    void both_areTaken() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Settings settings = new Settings(Map.of("TLS_CERT_FILE", file.toString(), "TLS_KEY_FILE", file.toString()));

        assertThat(TlsFiles.from(settings)).contains(new TlsFiles(file, file));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void one_isNotEnough() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Settings settings = new Settings(Map.of("TLS_CERT_FILE", file.toString()));

        assertThat(TlsFiles.from(settings)).isEmpty();
        assertThat(settings.problems()).singleElement().asString().startsWith("TLS_KEY_FILE: is missing");
    }

    @Test
    void filesThatAreNotThere_areNoted() {
        Settings settings = new Settings(Map.of("TLS_CERT_FILE", "/none/a", "TLS_KEY_FILE", "/none/b"));

        assertThat(TlsFiles.from(settings)).isEmpty();
        assertThat(settings.problems()).hasSize(2);
    }
}
