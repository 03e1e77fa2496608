package dev.stowage.bench.process;

import dev.stowage.bench.measure.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process that ends with this one. Its output is written to a file. */
public final class ChildProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 20;
    private static final long RUN_SECONDS = 60;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the process.
     *
     * @param settings its environment, in addition to {@code PATH}, {@code HOME}, {@code LANG} and {@code JAVA_HOME}
     */
    static ChildProcess start(List<String> command, Path folder, Map<String, String> settings, Path log)
            throws IOException {
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "JAVA_HOME"));
        builder.environment().putAll(settings);
        ChildProcess child = new ChildProcess(builder.start(), log);
        Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroy));
        return child;
    }

    /** Runs a process to its end, and returns its output. */
    static String run(List<String> command, Path folder, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        try (ChildProcess child = start(command, folder, settings, log)) {
            if (!child.process.waitFor(RUN_SECONDS, TimeUnit.SECONDS) || child.process.exitValue() != 0) {
                throw new IOException(command + " failed; its output:\n" + Files.readString(log));
            }
        }
        return Files.readString(log);
    }

    /** Waits until the output matches a pattern, and returns its first group. */
    String await(Pattern line, long seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher matcher = line.matcher(Files.readString(log));
            if (matcher.find()) {
                return matcher.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        close();
        throw new IOException("the process did not start; its output:\n" + Files.readString(log));
    }

    /** The resource usage of the process. */
    public ProcessUsage usage() {
        return new ProcessUsage(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
