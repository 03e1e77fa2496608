package dev.stowage.it.store;

import dev.stowage.it.service.AdapterFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The store of an adapter that is a project of its own in the tree, and is dropped into the service. {@code stowage.adapter} names the
 * project's folder, which must be built, and whose script {@code stand} starts the store's server; {@code it-tests/README.md} describes it.
 */
final class AdapterBackend implements Backend {

    private static final String PROPERTY = "stowage.adapter";
    private static final String READY = "ready ";
    private static final String DIGESTS = "digests";
    private static final long STOP_SECONDS = 10;

    private final Process server;
    private final Path folder;
    private final Map<String, String> settings;
    private final String bucket;
    private final boolean digests;

    private AdapterBackend(Process server, Path folder, Map<String, String> settings, String bucket, boolean digests) {
        this.server = server;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        this.bucket = bucket;
        this.digests = digests;
    }

    /** Starts the server, in a new folder, which also has a copy of the adapter. */
    static AdapterBackend start() {
        Path adapter = Path.of(System.getProperty(PROPERTY, ""));
        Path folder = Folders.create();
        try {
            AdapterFolder.create(folder, "adapter").withFilesOf(adapter.resolve("target/adapter"));
            Process server = new ProcessBuilder(adapter.resolve("stand").toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            return started(server, folder);
        } catch (IOException e) {
            Folders.delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    private static AdapterBackend started(Process server, Path folder) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("ADAPTER_PATH", folder.resolve("adapters").toString());
        List<String> output = new ArrayList<>();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new AdapterBackend(
                        server, folder, settings, line.substring(READY.length()), output.contains(DIGESTS));
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 1));
            }
            output.add(line);
        }
        throw new IOException("the server did not start: " + String.join("\n", output));
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Optional<OutsideClient> outside() {
        return Optional.empty();
    }

    @Override
    public Set<Integer> newFileStatuses() {
        return Set.of(200, 201);
    }

    @Override
    public boolean tagsAreDigests() {
        return digests;
    }

    /** Closes the standard input of the script, which then ends the server. */
    @Override
    public void close() {
        try {
            server.outputWriter().close();
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            Folders.delete(folder);
        }
    }
}
