package dev.stowage.it.service;

import dev.stowage.it.service.ServiceProcess.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;

/**
 * A process that runs many services and commands of the built jar, each with its own settings and folder. A start takes a tenth of the
 * processor time that a process of its own takes, because classes are loaded and compiled once. For tests that neither end their service
 * otherwise than in order, nor read its log, nor depend on its JVM.
 */
final class SharedJvm {

    static final String ENDED = "ended";
    static final String DIVIDER = "--";

    private static final int SECONDS = 90;
    private static final int LINES = 200;

    private final Process process;
    private final PrintWriter requests;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Command> running = new ConcurrentHashMap<>();
    private final Deque<String> log = new ArrayDeque<>();
    private CompletableFuture<Matcher> ready = new CompletableFuture<>();

    private SharedJvm(Process process) {
        this.process = process;
        this.requests = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread pump = new Thread(this::pump, "shared-jvm-output");
        pump.setDaemon(true);
        pump.start();
    }

    /** The process for all tests of this JVM, which ends with it. */
    static SharedJvm get() {
        return Holder.SHARED;
    }

    /** A command that was started. */
    record Command(String number, CompletableFuture<Ended> ended) {}

    /** A service with its URL and the log line that contains all its addresses. */
    record Started(Command command, URI address, String line) {}

    /** Starts a service and waits until it is ready. Services start one after another, which tells whose address is logged. */
    synchronized Started serve(Path folder, Map<String, String> settings) {
        CompletableFuture<Matcher> listening = expectReady();
        Command service = start(List.of("serve"), folder, settings);
        Object unused = await(CompletableFuture.anyOf(listening, service.ended()));
        if (service.ended().isDone()) {
            throw new IllegalStateException(
                    "the service did not start:\n" + service.ended().join().log() + log());
        }
        Matcher line = listening.join();
        return new Started(service, URI.create(line.group("url")), line.group());
    }

    /** Stops a service and waits for its end. */
    void stop(Started service) {
        write(List.of("stop", service.command().number()));
        Ended unused = await(service.command().ended());
    }

    /** Runs a command to its end. */
    Ended run(List<String> arguments, Path folder, Map<String, String> settings) {
        return await(start(arguments, folder, settings).ended());
    }

    private Command start(List<String> arguments, Path folder, Map<String, String> settings) {
        Command command = new Command(Integer.toString(numbers.incrementAndGet()), new CompletableFuture<>());
        running.put(command.number(), command);
        Map<String, String> all = new HashMap<>(ServiceProcess.DEFAULTS);
        // The working directory of the process is another one.
        all.put("DATA_DIR", folder.resolve("data").toString());
        all.putAll(settings);
        List<String> words = new ArrayList<>(List.of("run", command.number(), folder.toString()));
        all.forEach((name, value) -> words.add(name + "=" + value));
        words.add(DIVIDER);
        words.addAll(arguments);
        write(words);
        return command;
    }

    private void write(List<String> words) {
        synchronized (requests) {
            requests.println(Words.join(words));
        }
    }

    private <T> T await(CompletableFuture<T> result) {
        try {
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer of the shared process:\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private CompletableFuture<Matcher> expectReady() {
        synchronized (log) {
            ready = new CompletableFuture<>();
            return ready;
        }
    }

    private String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    private void pump() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            IOException end = new IOException("the process ended");
            running.values().forEach(command -> command.ended().completeExceptionally(end));
        }
    }

    private void take(String line) {
        if (line.startsWith(ENDED + " ")) {
            List<String> words = Words.parse(line);
            Command command = running.remove(words.get(1));
            if (command != null) {
                command.ended().complete(new Ended(Integer.parseInt(words.get(2)), words.get(3)));
            }
            return;
        }
        synchronized (log) {
            if (log.size() == LINES) {
                log.remove();
            }
            log.add(line);
            Matcher listening = ServiceProcess.READY.matcher(line);
            if (listening.find()) {
                ready.complete(listening);
            }
        }
    }

    /** Starts the process when it is first used. */
    private static final class Holder {

        static final SharedJvm SHARED = new SharedJvm(launch());

        private static Process launch() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ServiceProcess.SHORT_LIVED);
            command.addAll(List.of("-Xmx1g", "-cp"));
            command.add(ServiceProcess.jar() + ":" + testClasses());
            command.add(ServiceHost.class.getName());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            ServiceProcess.keepOnlySystemVariables(builder.environment());
            try {
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path testClasses() {
            return Path.of(URI.create(ServiceHost.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()));
        }
    }
}
