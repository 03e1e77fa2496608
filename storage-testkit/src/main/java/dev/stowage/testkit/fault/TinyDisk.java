package dev.stowage.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few MiB that can be filled: a tmpfs, which takes Linux and the rights to mount one. */
public final class TinyDisk implements AutoCloseable {

    private static final int CHUNK = 4096;

    private final Path folder;

    private TinyDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one at an empty folder; where that is not possible, the test is skipped and says so. */
    public static TinyDisk mount(Path folder, long bytes) throws IOException, InterruptedException {
        boolean mounted;
        try {
            mounted = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none", folder.toString()) == 0;
        } catch (IOException noSuchCommand) {
            mounted = false;
        }
        Assumptions.assumeTrue(mounted, "SKIPPED: a tmpfs can't be mounted here, so nothing was tried on a full disk");
        return new TinyDisk(folder);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /**
     * Leaves no byte free. Again: also takes what was freed meanwhile.
     *
     * @return the file that takes the room
     */
    public Path fill() throws IOException {
        Path filling = Files.createTempFile(folder, "filling", null);
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(filling)) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(chunk);
            }
        }
        return filling;
    }

    @Override
    public void close() {
        try {
            // What is still open keeps it until it is closed.
            int unused = run("umount", "-l", folder.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
