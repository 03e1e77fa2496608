package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The storage adapters on the class path, and the selection of one by the settings. */
final class StorageAdapters {

    private static final String STORAGE_ADAPTER = "STORAGE_ADAPTER";
    private static final String S3_BUCKET_NAME = "S3_BUCKET_NAME";
    private static final String LOCAL = "local";
    private static final String S3 = "s3";

    private final Iterable<StorageProvider> providers;

    StorageAdapters(Iterable<StorageProvider> providers) {
        this.providers = providers;
    }

    /** The adapters found by the service loader. */
    static StorageAdapters onClassPath() {
        return new StorageAdapters(ServiceLoader.load(StorageProvider.class));
    }

    /** The selected store, configured; empty when there is none. Problems are recorded in {@code settings}. */
    Optional<StorageOpener> select(Settings settings) {
        Optional<String> named = settings.text(STORAGE_ADAPTER);
        boolean bucket = settings.text(S3_BUCKET_NAME).isPresent();
        if (bucket && named.equals(Optional.of(LOCAL))) {
            // Silently storing files on the local disk would be worse than a failed start.
            settings.problem(
                    STORAGE_ADAPTER, "is local, but " + S3_BUCKET_NAME + " requires s3; remove one of the two");
        }
        try {
            return find(name(settings), settings).map(provider -> provider.configure(settings));
        } catch (ServiceConfigurationError e) {
            settings.problem(STORAGE_ADAPTER, "an adapter on the class path failed to load: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether the selected store keeps its files in the data directory. */
    static boolean isEmbedded(Settings settings) {
        return name(settings).equals(LOCAL);
    }

    /** The name of the selected store. */
    static String name(Settings settings) {
        return settings.text(STORAGE_ADAPTER)
                .orElse(settings.text(S3_BUCKET_NAME).isPresent() ? S3 : LOCAL);
    }

    private Optional<StorageProvider> find(String name, Settings settings) {
        List<StorageProvider> found = new ArrayList<>();
        providers.forEach(found::add);
        List<StorageProvider> matching =
                found.stream().filter(provider -> provider.name().equals(name)).toList();
        if (matching.size() == 1) {
            return Optional.of(matching.get(0));
        }
        if (matching.isEmpty()) {
            settings.problem(
                    STORAGE_ADAPTER, "'" + name + "' is not an adapter on the class path; use one of " + names(found));
        } else {
            settings.problem(
                    STORAGE_ADAPTER,
                    "'" + name + "' is the name of several adapters on the class path: " + classes(matching));
        }
        return Optional.empty();
    }

    private static String names(List<StorageProvider> found) {
        return String.join(
                ", ",
                found.stream().map(StorageProvider::name).sorted().distinct().toList());
    }

    private static String classes(List<StorageProvider> matching) {
        return String.join(
                ", ",
                matching.stream().map(provider -> provider.getClass().getName()).toList());
    }
}
