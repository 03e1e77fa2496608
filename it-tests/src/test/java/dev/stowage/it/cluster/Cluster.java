package dev.stowage.it.cluster;

import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.store.OutsideClient;
import dev.stowage.it.store.S3ProxyBackend;
import dev.stowage.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Three nodes on one PostgreSQL and one S3 server. */
final class Cluster implements AutoCloseable {

    private static final int NODES = 3;

    private static final Map<String, String> SETTINGS = Map.of(
            "PROJECT_QUOTA", "1GiB",
            "SWEEP_INTERVAL", "1s",
            // So that files of some MiB have several parts.
            "S3_MULTIPART_THRESHOLD", "5MiB",
            "S3_MULTIPART_CHUNKSIZE", "5MiB");

    private final Path folder;
    private final PostgresServer postgres;
    private final S3ProxyBackend s3;
    private final OutsideClient store;
    private final String database;
    private final List<Node> nodes = new ArrayList<>();

    /**
     * Starts everything.
     *
     * @param folder for the nodes
     */
    Cluster(Path folder) {
        this.folder = folder;
        postgres = PostgresServer.start();
        s3 = S3ProxyBackend.start();
        store = s3.outside().orElseThrow();
        String url = postgres.newDatabase();
        database = url.substring(url.lastIndexOf('/') + 1);
        try {
            List<CompletableFuture<Node>> starting = IntStream.range(0, NODES)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> node(number)))
                    .toList();
            starting.forEach(node -> nodes.add(node.join()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Node node(int number) {
        DatabaseDoor door = new DatabaseDoor(postgres.port());
        String name = "node" + number;
        try {
            return new Node(name, Files.createDirectory(folder.resolve(name)), door, settings(door.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** One of the nodes. */
    Node any(Random random) {
        return nodes.get(random.nextInt(NODES));
    }

    /** The database server, which may be killed and restarted. */
    PostgresServer postgres() {
        return postgres;
    }

    /** The S3 server, as others than the service see it. */
    OutsideClient store() {
        return store;
    }

    /** The bytes and files of a project, as {@code stowage usage} prints them; empty when it does not list the project. */
    Optional<Usage> usage(String project) {
        Ended usage = ServiceProcess.run(List.of("usage"), folder, settings(postgres.port()));
        if (usage.exitCode() != 0) {
            throw new AssertionError(usage.log());
        }
        Matcher line =
                Pattern.compile(Pattern.quote(project) + " +(\\d+) +(\\d+)").matcher(usage.log());
        return line.find()
                ? Optional.of(new Usage(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))))
                : Optional.empty();
    }

    /** What a project stores. */
    record Usage(long bytes, long files) {}

    private Map<String, String> settings(int port) {
        Map<String, String> settings = new HashMap<>(s3.settings());
        settings.putAll(SETTINGS);
        settings.put("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + port + "/" + database);
        return settings;
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        store.close();
        s3.close();
        postgres.close();
    }
}
