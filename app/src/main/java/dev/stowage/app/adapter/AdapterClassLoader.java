package dev.stowage.app.adapter;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;

/**
 * Loads the classes of one adapter. Of the service, it shows {@code dev.stowage.core}, slf4j and the annotations of JSpecify, which always
 * come from the service, even if the adapter's jars have them too. Everything else comes from the JDK or from the adapter's jars, so an
 * adapter may use other versions of the libraries that the service or another adapter uses.
 */
final class AdapterClassLoader extends URLClassLoader {

    private static final String CORE = "dev.stowage.core.";

    /** By package and not by prefix: bindings and bridges of slf4j are in packages below, and are the adapter's own. */
    private static final Set<String> SHARED =
            Set.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi", "org.jspecify.annotations");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader service;

    private AdapterClassLoader(String name, URL[] jars, ClassLoader service) {
        super(name, jars, ClassLoader.getPlatformClassLoader());
        this.service = service;
    }

    /** The loader is open as long as the process, because an adapter may load a class at any time. */
    static AdapterClassLoader of(AdapterJars adapter) {
        URL[] jars = adapter.jars().stream().map(AdapterClassLoader::url).toArray(URL[]::new);
        return new AdapterClassLoader(
                adapter.location().getFileName().toString(), jars, AdapterClassLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) ? service.loadClass(name) : super.loadClass(name, resolve);
    }

    private static boolean isShared(String name) {
        return name.startsWith(CORE) || SHARED.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
