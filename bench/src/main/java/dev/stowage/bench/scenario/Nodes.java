package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Tus;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.process.Postgres;
import dev.stowage.bench.process.Server;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One to four nodes on one PostgreSQL, compared with one on SQLite, all on the S3 store. Clients use all nodes alike. */
final class Nodes implements Scenario {

    private static final int CLIENTS = 8;
    private static final int TURNS = 50;
    private static final long SMALL = 4 << 10;

    private static final int JOBS = 4;
    private static final int ITEMS = 2_500;

    /** Nodes that share their records. */
    private record Cluster(String name, List<Server> nodes) {

        List<InetSocketAddress> addresses() {
            return nodes.stream().map(Server::address).toList();
        }
    }

    /** What a cluster is measured by. */
    @FunctionalInterface
    private interface Measure {
        double of(Cluster cluster) throws Exception;
    }

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        List<Cluster> clusters = clusters(bed);
        fill(bed, "raw/");
        return List.of(
                comparison(
                        "nodes-sessions",
                        "uploads/s",
                        clusters,
                        cluster -> rate(cluster, (connection, client, turn) -> {
                            String key = "n/" + client + "/" + turn;
                            String id = Sessions.begin(connection, key);
                            connection.put(Sessions.part(key, id) + 1, bed.payload(), SMALL);
                            Sessions.complete(connection, key, id);
                        })),
                comparison(
                        "nodes-tus",
                        "uploads/s",
                        clusters,
                        cluster -> rate(
                                cluster,
                                (connection, client, turn) ->
                                        new Tus(connection, bed.payload()).put("t/" + client + "/" + turn, SMALL))),
                comparison(
                        "nodes-copy", "items/s", clusters, cluster -> rate(cluster, "copy", "raw/", Jobs.COPY_TARGET)),
                comparison("nodes-delete", "items/s", clusters, cluster -> {
                    fill(bed, "old/");
                    return rate(cluster, "delete", "old/", "");
                }));
    }

    private static Comparison comparison(String name, String unit, List<Cluster> clusters, Measure measure) {
        List<Contender> contenders = clusters.stream()
                .map(cluster -> Contender.of(cluster.name(), () -> measure.of(cluster)))
                .toList();
        return new Comparison(name, unit, true, contenders, List.of());
    }

    private static List<Cluster> clusters(TestBed bed) throws Exception {
        List<Cluster> clusters = new ArrayList<>();
        clusters.add(new Cluster("SQLite, 1 node", List.of(node(bed, "sqlite", Map.of()))));
        Optional<Postgres> postgres = bed.postgres();
        if (postgres.isPresent()) {
            for (int count : List.of(1, 2, 4)) {
                Map<String, String> database =
                        Map.of("DATABASE_URL", postgres.get().newDatabase("nodes" + count));
                List<Server> nodes = new ArrayList<>();
                for (int i = 1; i <= count; i++) {
                    nodes.add(node(bed, "postgres-" + count + "-" + i, database));
                }
                clusters.add(new Cluster("PostgreSQL, " + count + (count == 1 ? " node" : " nodes"), nodes));
            }
        }
        return clusters;
    }

    private static Server node(TestBed bed, String name, Map<String, String> database) throws Exception {
        Map<String, String> settings = new HashMap<>(bed.s3Settings());
        settings.putAll(database);
        return bed.server(name, () -> bed.servers().stowage(name, settings, List.of("-Xmx256m")));
    }

    /** Uploads per second. */
    private static double rate(Cluster cluster, Crowd.Act act) throws Exception {
        return CLIENTS * TURNS / Crowd.run(cluster.addresses(), CLIENTS, TURNS, act);
    }

    /** Items per second of several jobs at once, from their submission to the end of the last one. */
    private static double rate(Cluster cluster, String operation, String prefix, String more) throws Exception {
        double seconds = Crowd.run(cluster.addresses(), JOBS, 1, (connection, client, turn) -> {
            String keys = IntStream.range(0, ITEMS)
                    .mapToObj(item -> "\"" + key(prefix, client, item) + "\"")
                    .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
            Jobs.await(connection, Jobs.submit(connection, operation, keys, more));
        });
        return JOBS * ITEMS / seconds;
    }

    /** Puts the files of the jobs into the store. */
    private static void fill(TestBed bed, String prefix) throws Exception {
        double unused = Crowd.run(bed.store().address(), JOBS, ITEMS, (connection, client, turn) -> {
            connection.put(Paths.bucket(key(prefix, client, turn)), bed.payload(), 1);
        });
    }

    private static String key(String prefix, int job, int item) {
        return prefix + job + "/" + item;
    }
}
