package dev.stowage.it.cluster;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One node: a process of the service with a folder of its own, and doors to the database and the store. Its requests time out soon. */
final class Node implements AutoCloseable {

    /** Of a request. A client gives up a node that does not respond, and asks another one. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Path LOGS = Path.of("target", "cluster");

    private final String name;
    private final Path folder;
    private final Door database;
    private final Door store;
    private final Map<String, String> settings;
    private int starts;
    private ServiceProcess process;
    private volatile Api api;

    /** Starts the process. */
    Node(String name, Path folder, Door database, Door store, Map<String, String> settings) {
        this.name = name;
        this.folder = folder;
        this.database = database;
        this.store = store;
        this.settings = settings;
        process = launch(Map.of());
        api = new Api(process.address(), TIMEOUT);
    }

    /** A client of the process that was started last. */
    Api api() {
        return api;
    }

    /** A client of the same process that waits for responses for minutes. */
    Api apiWithLongTimeout() {
        return new Api(process.address(), LONG_TIMEOUT);
    }

    /** The way to the database. */
    Door database() {
        return database;
    }

    /** The way to the S3 server. */
    Door store() {
        return store;
    }

    ServiceProcess process() {
        return process;
    }

    /** Kills the process. Its log is in {@code target/cluster}. */
    void kill() {
        process.kill();
        try {
            Files.createDirectories(LOGS);
            Files.writeString(LOGS.resolve(name + "-" + starts + ".log"), process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a new process after {@link #kill}. */
    void restart(Map<String, String> more) {
        process = launch(more);
        api = new Api(process.address(), TIMEOUT);
    }

    /** Waits until the node says that it is ready. */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        String problem = problem();
        while (!problem.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " is not ready: " + problem);
            }
            TimeUnit.MILLISECONDS.sleep(200);
            problem = problem();
        }
    }

    private String problem() {
        try {
            Api.Reply reply = api.get("/readyz");
            return reply.status() == 200 ? "" : reply.text();
        } catch (UncheckedIOException e) {
            return e.toString();
        }
    }

    private ServiceProcess launch(Map<String, String> more) {
        starts++;
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return ServiceProcess.start(folder, all, ServiceProcess.SHORT_LIVED);
    }

    @Override
    public void close() {
        kill();
        database.close();
        store.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
