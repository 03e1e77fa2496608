package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessLockTest {

    @TempDir
    Path folder;

    private final AtomicInteger alone = new AtomicInteger();

    @Test
    void processIsTheOnlyOne_whenAllOthersHaveEnded_alsoByACrash() throws Exception {
        Process other = other();
        try {
            try (ProcessLock second = take()) {
                assertThat(second).isNotNull();
            }
            assertThat(alone).as("while another process has the lock").hasValue(0);

            assertThat(other.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();

            try (ProcessLock only = take()) {
                assertThat(only).isNotNull();
            }
            assertThat(alone).hasValue(1);
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void lockIsShared_afterTheCheck() throws Exception {
        try (ProcessLock first = take()) {
            assertThat(first).isNotNull();
            assertThat(alone).hasValue(1);

            // Prints its line only once it has the lock, too.
            other().destroyForcibly();
        }
    }

    private ProcessLock take() throws IOException {
        return ProcessLock.take(folder, alone::incrementAndGet);
    }

    /** Starts a process, and returns when it has the lock. */
    private Process other() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("locked");
        return process;
    }

    /** The program of the other process. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (ProcessLock lock = ProcessLock.take(Path.of(args[0]), () -> {})) {
                System.out.println("locked");
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                assertThat(lock).isNotNull();
            }
        }
    }
}
