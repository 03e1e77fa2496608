package dev.stowage.azure;

import dev.stowage.core.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The emulator of the store, started by the script {@code stand}. */
final class Azurite implements AutoCloseable {

    private final Process server;
    private final AzureConfig config;

    private Azurite(Process server, AzureConfig config) {
        this.server = server;
        this.config = config;
    }

    /** Starts it with its data in {@code folder}. Skips the tests, with the reason, when it is not installed. */
    static Azurite start(Path folder) throws IOException {
        Process server = new ProcessBuilder(Path.of("stand").toAbsolutePath().toString())
                .directory(Files.createDirectories(folder).toFile())
                .redirectErrorStream(true)
                .start();
        Map<String, String> settings = new HashMap<>();
        StringBuilder output = new StringBuilder();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ready ")) {
                return new Azurite(server, AzureConfig.read(new Settings(settings)));
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 1));
            }
            output.append(line).append('\n');
        }
        return Assumptions.abort("no test of the store: " + output);
    }

    AzureConfig config() {
        return config;
    }

    @Override
    public void close() {
        try {
            server.outputWriter().close();
            server.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
