package dev.stowage.it.cluster;

import dev.stowage.it.store.OutsideClient;
import dev.stowage.it.store.S3ProxyBackend;
import dev.stowage.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Three nodes on one PostgreSQL and one S3 server. */
final class Cluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final String ENDPOINT = "S3_ENDPOINT_URL";

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
        Door way = new Door(postgres.port());
        URI endpoint = URI.create(s3.settings().get(ENDPOINT));
        Door toStore = new Door(endpoint.getPort());
        Map<String, String> settings = settings(way.port());
        settings.put(ENDPOINT, "http://" + endpoint.getHost() + ":" + toStore.port());
        String name = "node" + number;
        try {
            return new Node(name, Files.createDirectory(folder.resolve(name)), way, toStore, settings);
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

    /** The bytes and files of each project, as a node counts them. */
    Map<String, Usage> usage() {
        Map<String, Usage> projects = new HashMap<>();
        nodes.get(0)
                .apiWithLongTimeout()
                .get("/api/v1/usage")
                .expect(200)
                .json()
                .path("projects")
                .forEach(project -> projects.put(
                        project.path("project").asText(),
                        new Usage(
                                project.path("bytes").asLong(),
                                project.path("files").asLong())));
        return projects;
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
