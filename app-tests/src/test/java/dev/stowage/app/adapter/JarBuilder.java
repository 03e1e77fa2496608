package dev.stowage.app.adapter;

import dev.stowage.core.port.StorageProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles source text and packs the classes into jars. */
final class JarBuilder {

    private final Path work;
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final List<Path> libraries = new ArrayList<>();

    /** @param work an empty folder */
    JarBuilder(Path work) {
        this.work = work;
    }

    /** @param name of the class, with its package */
    JarBuilder source(String name, String text) {
        sources.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                });
        return this;
    }

    /** Compiles against a jar that comes before the class path of the tests. */
    JarBuilder against(Path jar) {
        libraries.add(jar);
        return this;
    }

    /**
     * Writes the jar.
     *
     * @param provider the class to name as a provider; empty for none
     */
    Path write(Path jar, String provider) throws IOException {
        Path classes = Files.createTempDirectory(work, "classes");
        compile(classes);
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
            if (!provider.isEmpty()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + StorageProvider.class.getName()));
                out.write(provider.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = Stream.concat(
                        libraries.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .reduce((first, second) -> first + System.getProperty("path.separator") + second)
                .orElseThrow();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-classpath", path, "-proc:none");
        boolean compiled = sources.isEmpty()
                || compiler.getTask(messages, null, null, options, null, sources)
                        .call();
        if (!compiled) {
            throw new IllegalStateException(messages.toString());
        }
    }
}
