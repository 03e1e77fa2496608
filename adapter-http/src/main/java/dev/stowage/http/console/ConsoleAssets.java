package dev.stowage.http.console;

import dev.stowage.core.object.Etag;
import dev.stowage.http.conditional.ContentEtag;
import dev.stowage.http.exchange.Resources;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files that the console's page loads: its own, and libraries in webjars. Safe for concurrent use. */
final class ConsoleAssets {

    /** Where the console's own files are on the class path. */
    static final String FOLDER = "dev/stowage/http/console/";

    /** The names of own files, of which none leads out of their folder. */
    private static final Pattern OWN =
            Pattern.compile("(?:(?:lib|parts|upload|vendor|views)/)?[a-z]+(?:-[a-z]+)*\\.(?:css|js|svg)");

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private final Properties libraries = new Properties();
    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    ConsoleAssets() {
        try (InputStream stream = Resources.open(FOLDER + "webjars.properties")) {
            libraries.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException("the list of libraries can't be read", e);
        }
    }

    /**
     * A file.
     *
     * @param text in UTF-8
     * @param type its media type
     * @param etag of its bytes
     */
    record Asset(String text, String type, Etag etag) {}

    /** Returns a file by its name, such as {@code lib/api.js}; empty when there is none. Keeps it in memory, as there are few. */
    Optional<Asset> find(String name) throws IOException {
        Asset known = loaded.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String library = libraries.getProperty(name);
        if (library == null && !OWN.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            Asset asset = asset(Resources.read(library == null ? FOLDER + name : library), name);
            loaded.put(name, asset);
            return Optional.of(asset);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Asset asset(byte[] bytes, String name) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return new Asset(new String(bytes, StandardCharsets.UTF_8), type, ContentEtag.of(bytes));
    }
}
