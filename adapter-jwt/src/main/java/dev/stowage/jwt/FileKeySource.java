package dev.stowage.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A key set in a file. It is read synchronously, because it is small and local. */
final class FileKeySource implements KeySource {

    private final Path file;

    FileKeySource(Path file) {
        this.file = file;
    }

    @Override
    public CompletableFuture<String> read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST
                    ? CompletableFuture.failedFuture(new IOException("it is larger than " + LARGEST + " bytes"))
                    : CompletableFuture.completedFuture(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String toString() {
        return "JWT_JWKS_FILE";
    }
}
