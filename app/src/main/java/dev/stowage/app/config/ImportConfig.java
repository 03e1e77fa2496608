package dev.stowage.app.config;

import dev.stowage.app.adapter.StorageAdapters;
import dev.stowage.core.config.Settings;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.port.StorageOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The stores that files can be imported from. {@code IMPORT_SOURCES} names them. The settings of each are those of any store, with
 * {@code IMPORT_} and its name before theirs: those of the source {@code old-files} begin with {@code IMPORT_OLD_FILES_}.
 *
 * @param sources unmodifiable
 */
public record ImportConfig(List<Source> sources) {

    private static final String NAMES = "IMPORT_SOURCES";
    private static final String DATA_DIR = "DATA_DIR";
    private static final int MOST = 32;

    /**
     * One store.
     *
     * @param principals the ids of the principals who may import from it, besides admins; unmodifiable
     * @param embedded whether it is the embedded store of another service
     * @param folder its data directory, for an adapter that keeps local data; need not exist yet unless it is embedded
     */
    public record Source(String name, Set<String> principals, boolean embedded, Path folder, StorageOpener opener) {
        public Source {
            principals = Set.copyOf(principals);
        }

        /** The beginning of the names of its settings. */
        public String prefix() {
            return ImportConfig.prefix(name);
        }
    }

    public ImportConfig {
        sources = List.copyOf(sources);
    }

    /**
     * Reads the settings.
     *
     * @param dataDirectory of the service
     */
    static ImportConfig from(Settings settings, StorageAdapters adapters, Path dataDirectory) {
        List<Source> sources = new ArrayList<>();
        for (String name : settings.read(NAMES, List.<String>of(), ImportConfig::names)) {
            source(name, settings, adapters, dataDirectory).ifPresent(sources::add);
        }
        return new ImportConfig(sources);
    }

    private static Optional<Source> source(
            String name, Settings settings, StorageAdapters adapters, Path dataDirectory) {
        Settings own = settings.within(prefix(name));
        Optional<Path> folder = own.read(DATA_DIR, Optional.<Path>empty(), text -> Optional.of(Path.of(text)));
        boolean embedded = StorageAdapters.isEmbedded(own);
        if (embedded && folder.isEmpty()) {
            own.problem(
                    DATA_DIR,
                    "is not set; set it to the DATA_DIR of the service whose files are imported, or set S3_BUCKET_NAME or"
                            + " STORAGE_ADAPTER with the same beginning for another store");
        }
        folder.filter(sameAs(dataDirectory))
                .ifPresent(same -> own.problem(DATA_DIR, "is the DATA_DIR of this service"));
        Set<String> principals = Set.copyOf(list(own.text("PRINCIPALS", "")));
        return adapters.select(own)
                .map(opener -> new Source(
                        name,
                        principals,
                        embedded,
                        folder.orElse(dataDirectory.resolve("imports").resolve(name)),
                        opener));
    }

    private static Predicate<Path> sameAs(Path other) {
        Path absolute = other.toAbsolutePath().normalize();
        return path -> path.toAbsolutePath().normalize().equals(absolute);
    }

    private static String prefix(String name) {
        return "IMPORT_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }

    /** Names whose settings would be the same are refused. */
    private static List<String> names(String text) {
        List<String> names = list(text);
        if (names.size() > MOST) {
            throw new IllegalArgumentException("names more than " + MOST + " sources");
        }
        Set<String> prefixes = new HashSet<>();
        for (String name : names) {
            if (!ImportFrom.isName(name)) {
                throw new IllegalArgumentException(
                        "contains a name that is not up to 32 lower-case letters, digits and dashes");
            }
            if (!prefixes.add(prefix(name))) {
                throw new IllegalArgumentException("names " + name + " twice");
            }
        }
        return names;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }
}
