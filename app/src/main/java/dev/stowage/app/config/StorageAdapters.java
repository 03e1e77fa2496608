package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The stores that there are, and the one that the settings ask for. */
final class StorageAdapters {

    private static final String STORAGE_ADAPTER = "STORAGE_ADAPTER";
    private static final String S3_BUCKET_NAME = "S3_BUCKET_NAME";
    private static final String LOCAL = "local";
    private static final String S3 = "s3";

    private final Iterable<StorageProvider> providers;

    StorageAdapters(Iterable<StorageProvider> providers) {
        this.providers = providers;
    }

    /** Those on the class path. */
    static StorageAdapters onClassPath() {
        return new StorageAdapters(ServiceLoader.load(StorageProvider.class));
    }

    /** The store asked for, configured; empty when there is none, which is noted in {@code settings} as is all that is wrong. */
    Optional<StorageOpener> select(Settings settings) {
        Optional<String> named = settings.text(STORAGE_ADAPTER);
        boolean bucket = settings.text(S3_BUCKET_NAME).isPresent();
        if (bucket && named.equals(Optional.of(LOCAL))) {
            // Files that quietly end up on this machine's disk are worse than a start-up that fails.
            settings.problem(
                    STORAGE_ADAPTER, "is local, but " + S3_BUCKET_NAME + " asks for s3; leave one of the two out");
        }
        String name = named.orElse(bucket ? S3 : LOCAL);
        try {
            return find(name, settings).map(provider -> provider.configure(settings));
        } catch (ServiceConfigurationError e) {
            settings.problem(STORAGE_ADAPTER, "an adapter on the class path can't be loaded: " + e.getMessage());
            return Optional.empty();
        }
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
                    STORAGE_ADAPTER, "'" + name + "' is no adapter on the class path; there are " + names(found));
        } else {
            settings.problem(
                    STORAGE_ADAPTER,
                    "'" + name + "' is the name of more than one adapter on the class path: " + classes(matching));
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
