package dev.stowage.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few MiB that can be filled: a tmpfs, which requires Linux and the permission to mount one. */
public final class TinyDisk implements AutoCloseable {

    private static final int CHUNK = 4096;

    private final Path folder;

    private TinyDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts a file system at an empty directory. If that is not possible, the test is skipped. */
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

    /** Returns the mount point. */
    public Path folder() {
        return folder;
    }

    /**
     * Leaves no byte free. A further call also fills space that was freed meanwhile.
     *
     * @return the file that takes the space
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
            // Open files keep it until they are closed.
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
