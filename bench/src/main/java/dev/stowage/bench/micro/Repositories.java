package dev.stowage.bench.micro;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sessions in SQLite, on disk: a read, and the creation of a session with its intent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Repositories {

    private static final Instant NOW = Instant.ofEpochSecond(1_764_504_000);
    private static final UploadOrigin ORIGIN = UploadOrigin.client(Optional.empty(), Map.of());
    private static final ObjectAttributes ATTRIBUTES = new ObjectAttributes(ContentType.OCTET_STREAM, Metadata.NONE);

    private final ObjectKey key = new ObjectKey("raw/p/file");
    private final UploadId known = new UploadId("known");
    private final Path folder = folder();
    private final WorkerDatabase database;
    private final UploadSessions sessions;
    private int number;

    public Repositories() {
        database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
        sessions = database.repositories().sessions();
    }

    @Setup
    public void addOne() {
        add(known);
    }

    @TearDown
    public void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    public Optional<UploadSession> find() {
        return sessions.find(key, known);
    }

    @Benchmark
    public UploadId begin() {
        UploadId id = new UploadId("u" + number++);
        add(id);
        return id;
    }

    private void add(UploadId id) {
        UploadIntent intent = sessions.intents().intend(key, NOW);
        sessions.add(UploadSession.begun(new UploadInfo(key, id, NOW), ORIGIN, ATTRIBUTES), intent);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("").toAbsolutePath(), "stowage-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
