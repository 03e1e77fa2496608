package dev.stowage.app.adapter;

import dev.stowage.core.port.StorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks for adapters. One that can't be loaded does not hide the others. */
final class AdapterSearch {

    /** The service loader could fail without end when the class path can't be read. */
    private static final int MAX_FAILURES = 100;

    private final List<StorageAdapter> adapters = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    /** The adapters found. */
    List<StorageAdapter> adapters() {
        return adapters;
    }

    /** A line for each adapter that can't be used, with the reason. */
    List<String> unusable() {
        return unusable;
    }

    /** Adds the adapters that share the class loader of the service. */
    void add(Iterable<StorageProvider> providers) {
        addAll(providers, new AdapterCode("the class path", AdapterSearch.class.getClassLoader()), false);
    }

    /**
     * Adds the adapters in a folder, each with a class loader of its own.
     *
     * @throws IOException when the folder can't be read
     */
    void addFrom(Path path) throws IOException {
        for (AdapterJars jars : AdapterJars.in(path)) {
            addFrom(jars);
        }
    }

    private void addFrom(AdapterJars jars) {
        String origin = jars.location().toString();
        if (jars.jars().isEmpty()) {
            unusable.add(origin + ": contains no jar");
            return;
        }
        int before = adapters.size() + unusable.size();
        AdapterClassLoader loader = AdapterClassLoader.of(jars);
        addAll(ServiceLoader.load(StorageProvider.class, loader), new AdapterCode(origin, loader), true);
        if (adapters.size() + unusable.size() == before) {
            unusable.add(origin + ": no jar names a provider in META-INF/services/" + StorageProvider.class.getName());
        }
    }

    private void addAll(Iterable<StorageProvider> providers, AdapterCode code, boolean isolated) {
        Iterator<StorageProvider> iterator = providers.iterator();
        int failures = 0;
        boolean more = true;
        while (more && failures < MAX_FAILURES) {
            try {
                more = code.within(() -> addNext(iterator, code, isolated));
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                failures++;
                unusable.add(code.origin() + ": " + AdapterFault.of(e));
            }
        }
    }

    private boolean addNext(Iterator<StorageProvider> iterator, AdapterCode code, boolean isolated) {
        if (!iterator.hasNext()) {
            return false;
        }
        StorageProvider provider = iterator.next();
        int version = provider.portVersion();
        if (version == StorageProvider.PORT_VERSION) {
            adapters.add(new StorageAdapter(provider.name(), provider, code, isolated));
        } else {
            unusable.add(
                    code.origin() + ": it is for version " + version + " of the ports, but this service has version "
                            + StorageProvider.PORT_VERSION + "; use the adapter's release for this version of Stowage");
        }
        return true;
    }
}
