package dev.stowage.it.store;

import dev.stowage.it.service.ServiceProcess;
import dev.stowage.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A PostgreSQL server and an S3 server, for nodes that share them. Each node has its own folder. Safe for concurrent use. */
public final class Cluster implements AutoCloseable {

    private final PostgresServer database;
    private final Backend store;
    private final Map<String, String> settings = new HashMap<>();
    private final Path folder = Folders.create();
    private final List<ServiceProcess> nodes = new CopyOnWriteArrayList<>();

    private Cluster(PostgresServer database, Backend store) {
        this.database = database;
        this.store = store;
        settings.putAll(store.settings());
        settings.put("DATABASE_URL", database.newDatabase());
    }

    /**
     * Starts both servers.
     *
     * @param settings of all nodes
     */
    public static Cluster start(Map<String, String> settings) {
        PostgresServer database = PostgresServer.start();
        try {
            Cluster cluster = new Cluster(database, S3ProxyBackend.start());
            cluster.settings.putAll(settings);
            return cluster;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Starts a node with more settings. It is killed with the cluster, if it still runs. */
    public ServiceProcess node(Map<String, String> more) {
        Path own = Folders.create(folder);
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        ServiceProcess node = ServiceProcess.start(own, all, ServiceProcess.SHORT_LIVED);
        nodes.add(node);
        return node;
    }

    /** The settings of all nodes, for commands. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** A working directory for commands. */
    public Path folder() {
        return folder;
    }

    /** A server that a test may kill and restart. */
    public PostgresServer database() {
        return database;
    }

    /** The open uploads in the store. The caller closes it. */
    public OpenUploads openUploads() {
        return OpenUploads.of(store.outside().orElseThrow());
    }

    @Override
    public void close() {
        nodes.forEach(ServiceProcess::kill);
        store.close();
        database.close();
        Folders.delete(folder);
    }
}
