package dev.stowage.it.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code stowage serve} or {@code stowage worker}, run from the built jar in its own process, on a free port. */
public final class ServiceProcess implements RunningService {

    /**
     * JVM options that halve the start-up work, for processes that do little. Not for those that transfer many bytes, because checksums
     * are several times slower with them; nor for measurements.
     */
    public static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** A log line that says that the service is ready, to its end. */
    static final Pattern READY =
            Pattern.compile("(listening on (?<url>http://[^\\s,\"]+)|working in the background).*");

    /** Settings that tests may replace. */
    static final Map<String, String> DEFAULTS = Map.of(
            "HTTP_PORT",
            "0",
            // Otherwise each shutdown would wait some seconds for idle connections of clients.
            "SHUTDOWN_TIMEOUT",
            "1s");

    private static final Pattern S3_API = Pattern.compile("S3 API on (http://[^\\s,\"]+)");
    private static final String SERVE = "serve";
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Optional<URI>> address = new CompletableFuture<>();
    private final Thread pump;

    private ServiceProcess(Process process) {
        this.process = process;
        this.pump = new Thread(this::pump, "service-output");
        pump.setDaemon(true);
        pump.start();
    }

    /**
     * Starts the service and waits until it is ready.
     *
     * @param folder the working directory
     * @param settings environment variables of the service; it inherits only {@code PATH} and what the JVM needs
     * @param jvm JVM options
     * @throws IllegalStateException when it exits or prints nothing instead; the message contains its output
     */
    public static ServiceProcess start(Path folder, Map<String, String> settings, List<String> jvm) {
        return started(launch(withOptions(jvm, onItsOwn()), SERVE, folder, settings));
    }

    /** The same without the class archive. */
    static ServiceProcess startPlainly(Path folder, Map<String, String> settings, List<String> jvm) {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(onItsOwn());
        return started(launch(arguments, SERVE, folder, settings));
    }

    /** Starts background work only; the process does not listen. */
    public static ServiceProcess startWorker(Path folder, Map<String, String> settings) {
        return started(launch(withOptions(SHORT_LIVED, onItsOwn()), "worker", folder, settings));
    }

    /** Runs a command to its end, such as {@code keys list}, or {@code serve} with settings that it refuses. */
    public static Ended run(List<String> arguments, Path folder, Map<String, String> settings) {
        List<String> words = withOptions(SHORT_LIVED, onItsOwn());
        words.addAll(arguments.subList(0, arguments.size() - 1));
        String last = arguments.get(arguments.size() - 1);
        ServiceProcess command = new ServiceProcess(launch(words, last, folder, settings));
        // It starts as a service does, and then works.
        return new Ended(command.awaitEnd(START_SECONDS + STOP_SECONDS), command.log());
    }

    @Override
    public URI address() {
        return address.join().orElseThrow();
    }

    @Override
    public URI s3Address() {
        return s3Address(log());
    }

    /** The URL of the S3 API that a log contains. */
    static URI s3Address(String log) {
        Matcher shown = S3_API.matcher(log);
        if (!shown.find()) {
            throw new IllegalStateException("no S3 API: " + log);
        }
        return URI.create(shown.group(1));
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Everything that the process has printed. */
    public String log() {
        return String.join("\n", List.copyOf(output));
    }

    /** The number of lines with a text that the process has printed. */
    public long logged(String text) {
        return List.copyOf(output).stream().filter(line -> line.contains(text)).count();
    }

    /** Kills the process ({@code SIGKILL}). */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Suspends the process ({@code SIGSTOP}) until it is resumed or killed. When this returns, none of its threads runs any more. */
    public void suspend() {
        signal("STOP");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (isRunning()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the process was not suspended");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Whether one of the threads is not stopped yet; the system stops them after the signal was sent. Only known on Linux. */
    private boolean isRunning() {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return false;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.anyMatch(ServiceProcess::isRunning);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRunning(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // The state follows the name, which is in parentheses.
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'T';
        } catch (IOException ended) {
            return false;
        }
    }

    /** Resumes the process ({@code SIGCONT}). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("could not send SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Terminates the process ({@code SIGTERM}) without waiting. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process and returns its exit code. */
    public int awaitEnd() {
        return awaitEnd(STOP_SECONDS);
    }

    private int awaitEnd(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the process did not end:\n" + log());
            }
            pump.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        terminate();
        awaitEnd();
    }

    /** A process that has ended, with its output. */
    public record Ended(int exitCode, String log) {}

    private static ServiceProcess started(Process process) {
        ServiceProcess service = new ServiceProcess(process);
        try {
            service.address.get(START_SECONDS, TimeUnit.SECONDS);
            return service;
        } catch (ExecutionException | TimeoutException e) {
            service.kill();
            throw new IllegalStateException("the service did not start:\n" + service.log(), e);
        } catch (InterruptedException e) {
            service.kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<String> withOptions(List<String> jvm, List<String> program) {
        List<String> arguments = new ArrayList<>(List.of(new ClassArchive(Path.of(jar())).option()));
        arguments.addAll(jvm);
        arguments.addAll(program);
        return arguments;
    }

    private static List<String> onItsOwn() {
        return List.of("-jar", jar());
    }

    /** The service. */
    static String jar() {
        return System.getProperty("stowage.jar");
    }

    private static Process launch(List<String> arguments, String mode, Path folder, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        command.add(mode);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        keepOnlySystemVariables(builder.environment());
        builder.environment().putAll(DEFAULTS);
        builder.environment().putAll(settings);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what would configure a service otherwise than the test says. */
    static void keepOnlySystemVariables(Map<String, String> environment) {
        environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL"));
    }

    private void pump() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    address.complete(Optional.ofNullable(ready.group("url")).map(URI::create));
                }
            }
        } catch (IOException e) {
            output.add("(output broke off: " + e.getMessage() + ")");
        }
        address.completeExceptionally(new IOException("the process ended"));
    }
}
