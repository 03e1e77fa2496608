package dev.stowage.app.adapter;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The storage adapters that were found, and the selection of one by the settings. */
public final class StorageAdapters {

    private static final String ADAPTER_PATH = "ADAPTER_PATH";
    private static final String STORAGE_ADAPTER = "STORAGE_ADAPTER";
    private static final String S3_BUCKET_NAME = "S3_BUCKET_NAME";
    private static final String LOCAL = "local";
    private static final String S3 = "s3";

    private final List<StorageAdapter> adapters;
    private final List<String> unusable;

    private StorageAdapters(AdapterSearch search) {
        adapters = List.copyOf(search.adapters());
        unusable = List.copyOf(search.unusable());
    }

    /**
     * The adapters on the class path, and those in {@code ADAPTER_PATH}. Problems are recorded in {@code settings}.
     *
     * @param folder the working directory
     */
    public static StorageAdapters find(Settings settings, Path folder) {
        AdapterSearch search = new AdapterSearch();
        search.add(ServiceLoader.load(StorageProvider.class));
        boolean named = settings.text(ADAPTER_PATH).isPresent();
        Path path = folder.resolve(settings.read(ADAPTER_PATH, Path.of("adapters"), Path::of))
                .normalize();
        if (named || Files.exists(path)) {
            try {
                search.addFrom(path);
            } catch (IOException e) {
                settings.problem(ADAPTER_PATH, path + " is not a folder that can be read, and not a jar");
            }
        }
        return new StorageAdapters(search);
    }

    /** Adapters that share the class loader of the service. */
    public static StorageAdapters of(Iterable<StorageProvider> providers) {
        AdapterSearch search = new AdapterSearch();
        search.add(providers);
        return new StorageAdapters(search);
    }

    /** A line for each adapter that was found but can't be used, with the reason. */
    public List<String> unusable() {
        return unusable;
    }

    /**
     * The selected store, configured; empty when there is none. Problems are recorded in {@code settings}. A store whose adapter can't be
     * used is returned, but can't be opened, so that commands which need no store work.
     */
    public Optional<StorageOpener> select(Settings settings) {
        Optional<String> named = settings.text(STORAGE_ADAPTER);
        boolean bucket = settings.text(S3_BUCKET_NAME).isPresent();
        if (bucket && named.equals(Optional.of(LOCAL))) {
            // Silently storing files on the local disk would be worse than a failed start.
            settings.problem(
                    STORAGE_ADAPTER, "is local, but " + S3_BUCKET_NAME + " requires s3; remove one of the two");
        }
        return configured(name(settings), settings);
    }

    /** Whether the selected store keeps its files in the data directory. */
    public static boolean isEmbedded(Settings settings) {
        return name(settings).equals(LOCAL);
    }

    /** The name of the selected store. */
    public static String name(Settings settings) {
        return settings.text(STORAGE_ADAPTER)
                .orElse(settings.text(S3_BUCKET_NAME).isPresent() ? S3 : LOCAL);
    }

    private Optional<StorageOpener> configured(String name, Settings settings) {
        List<StorageAdapter> matching =
                adapters.stream().filter(adapter -> adapter.name().equals(name)).toList();
        if (matching.size() == 1) {
            return Optional.of(matching.get(0).configure(settings));
        }
        if (matching.isEmpty() && !unusable.isEmpty()) {
            return Optional.of(new UnusableStore(
                    "there is no adapter '" + name + "' that can be used (only " + names() + "). "
                            + String.join(". ", unusable),
                    null));
        }
        settings.problem(
                STORAGE_ADAPTER,
                matching.isEmpty()
                        ? "'" + name + "' is not an adapter; use one of " + names()
                        : "'" + name + "' is the name of several adapters: " + descriptions(matching));
        return Optional.empty();
    }

    private String names() {
        return adapters.stream().map(StorageAdapter::name).sorted().distinct().collect(Collectors.joining(", "));
    }

    private static String descriptions(List<StorageAdapter> matching) {
        return matching.stream().map(StorageAdapter::description).collect(Collectors.joining(", "));
    }
}
