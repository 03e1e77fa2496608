package dev.stowage.bench;

import dev.stowage.bench.process.Servers;
import dev.stowage.bench.scenario.Scratch;
import dev.stowage.bench.scenario.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of a run, deleted at its end. */
final class Workplace implements AutoCloseable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Servers servers;
    private final Path memory;

    private Workplace(Servers servers, Path memory) {
        this.servers = servers;
        this.memory = memory;
    }

    /** On the disk below {@code root}, and in memory where Linux has a file system for that. */
    static Workplace open(Path root) throws IOException {
        Path work = root.resolve("bench/target/work");
        Scratch.clear(work);
        Files.createDirectories(work);
        Path memory = Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "stowage-bench")
                : Files.createDirectories(work.resolve("memory"));
        return new Workplace(new Servers(root, work), memory);
    }

    TestBed bed() {
        return new TestBed(servers, memory);
    }

    @Override
    public void close() throws IOException {
        Scratch.clear(memory);
    }
}
