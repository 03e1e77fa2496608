package dev.stowage.it.service;

import dev.stowage.it.service.Api.Paths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An archive of the loaded and linked classes of the service (JEP 350), like the one that the launcher creates: it halves the start-up
 * time of the many processes of the tests. The classes are those of a service with a store on S3, which loads nearly all that one with the
 * embedded store does. A JVM ignores an archive of another JVM.
 */
final class ClassArchive {

    private final Path jar;
    private final Path archive;

    /** @param jar the service */
    ClassArchive(Path jar) {
        this.jar = jar;
        this.archive =
                Path.of("target", "service-java-" + Runtime.version() + ".jsa").toAbsolutePath();
    }

    /** The JVM option for the archive. The first caller creates it, while others wait; it is created again when the jar is newer. */
    String option() {
        synchronized (ClassArchive.class) {
            Path lock = archive.resolveSibling("service.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock unused = channel.lock();
                if (!isFresh()) {
                    make();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "-XX:SharedArchiveFile=" + archive;
    }

    private boolean isFresh() throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private void make() throws IOException {
        Path folder = Files.createTempDirectory("stowage-it");
        Path made = folder.resolve("made.jsa");
        try (S3Server store = S3Server.start(Files.createDirectory(folder.resolve("store")));
                ServiceProcess service = ServiceProcess.startPlainly(
                        folder, store.settings(), List.of("-XX:ArchiveClassesAtExit=" + made))) {
            Api api = new Api(service.address());
            api.store("raw/p/a", new byte[1]);
            for (String path : List.of(Paths.DOWNLOAD + "raw/p/a", Paths.LIST, Paths.JOBS, "/readyz")) {
                api.get(path);
            }
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }
}
