package dev.stowage.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts in {@code it-tests/clients}, when Node and its packages are installed. */
public final class NodeClients {

    private static final Path FOLDER = Path.of("clients").toAbsolutePath();

    private NodeClients() {}

    /** Starts a script, with its errors merged into its output; skips the test where that is not possible. */
    public static Process start(String script, String... arguments) throws IOException {
        Optional<Path> node = find("node");
        assumeTrue(node.isPresent(), "there is no node here: tests with real clients are skipped");
        assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules")),
                "run npm ci in it-tests/clients: tests with real clients are skipped");
        List<String> command = new ArrayList<>(List.of(node.get().toString(), script));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /**
     * Waits until a script ends, and returns what it has printed. After the limit it is ended, with its browser, and the test fails.
     */
    public static String finish(Process script, Duration limit) throws InterruptedException {
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(script));
        boolean ended = script.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
        String printed = output.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(ended).as("ended within %s: %s", limit, printed).isTrue();
        return printed;
    }

    private static String read(Process script) {
        try (InputStream output = script.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of the browser; skips the test when it is not installed. */
    public static Path chromium() {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> find(name).stream())
                .findFirst();
        assumeTrue(chromium.isPresent(), "there is no Chromium here: tests with a browser are skipped");
        return chromium.get();
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getProperty("stowage.path", "/usr/local/bin:/usr/bin:/bin")
                        .split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
