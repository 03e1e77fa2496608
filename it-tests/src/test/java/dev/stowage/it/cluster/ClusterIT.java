package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.Measured;
import dev.stowage.it.cluster.Cluster.Usage;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.store.OutsideClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes on one PostgreSQL and one S3 server, while nodes, the database and the network between them fail. Clients send files,
 * multipart uploads and tus uploads to nodes at random, with quotas, and jobs run. At the end nothing that was acknowledged is missing,
 * each item of a job has one result, the totals of quotas are exact, and the store has no upload without an owner.
 */
class ClusterIT {

    private static final int ROUNDS = Integer.getInteger("stowage.cluster.rounds", 3);
    private static final long SEED = Long.getLong("stowage.cluster.seed", 18);
    private static final int ITEMS = Integer.getInteger("stowage.cluster.items", 300);

    /** In the order of the rounds. */
    private static final List<Fault> FAULTS = List.copyOf(EnumSet.allOf(Fault.class));

    /** Longer than it takes until the leftovers of ended nodes are deleted, once their leases have expired. */
    private static final Duration CLEAN = Duration.ofSeconds(90);

    private static final String FILES = "files";
    private static final String UPLOADS = "uploads";
    private static final String JOBS = "jobs";

    private final Random random = new Random(SEED);
    private final Acknowledged files = new Acknowledged();
    private final Map<Fault, Integer> rounds = new EnumMap<>(Fault.class);

    @TempDir
    Path folder;

    @Test
    void acknowledgedWrites_surviveFailures_andTotalsAreExact() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            Jobs jobs = new Jobs(JOBS, ITEMS, files, balancer(cluster, 1));
            MultipartUploads multipart = new MultipartUploads("raw/" + UPLOADS + "/m", files, balancer(cluster, 2));
            TusUploads tus = new TusUploads("raw/" + UPLOADS + "/t", files, balancer(cluster, 3), SEED);
            FileClient first = new FileClient("raw/" + FILES + "/a", files, balancer(cluster, 4), SEED);
            FileClient second = new FileClient("raw/" + FILES + "/b", files, balancer(cluster, 5), SEED + 1);
            Balancer own = balancer(cluster, 6);
            jobs.fill();
            try (Client.Crowd crowd = new Client.Crowd(List.of(jobs, multipart, tus, first, second))) {
                Failures failures = new Failures(cluster, jobs, crowd, random, ROUNDS <= FAULTS.size() / 2);
                for (int round = 0; round < ROUNDS; round++) {
                    Fault fault = FAULTS.get(round % FAULTS.size());
                    crowd.await("a job is at work", fault == Fault.SUSPENDED_NODE ? jobs::isRemoving : jobs::isAtWork);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                    long began = System.nanoTime();
                    String seen = failures.inject(fault);
                    for (Node node : cluster.nodes()) {
                        node.awaitReady();
                    }
                    crowd.check();
                    files.checkLarge(own);
                    rounds.merge(fault, 1, Integer::sum);
                    Measured.report(
                            "cluster: round %d, %s: %s; %.1f s".formatted(round, fault, seen, Measured.seconds(began)));
                }
                crowd.stop();
            }
            int finished = multipart.finish() + tus.finish();
            jobs.check();
            files.check(own);
            abortUnacknowledged(own);
            awaitNoUploads(cluster.store());
            for (String project : List.of(FILES, UPLOADS, JOBS)) {
                awaitExactUsage(cluster, project);
            }
            jobs.check();
            files.check(own);
            Measured.report("cluster: %s with seed %d; %d files, %d uploads left open, %d jobs, %d files stored again"
                    .formatted(rounds, SEED, files.count(), finished, jobs.ended(), jobs.restored()));
        }
    }

    private static Balancer balancer(Cluster cluster, int number) {
        return new Balancer(cluster.nodes(), SEED * 100 + number);
    }

    /** Uploads whose creation was not acknowledged stay open until they expire; all others are complete. */
    private static void abortUnacknowledged(Balancer balancer) throws InterruptedException {
        List<String> queries = new ArrayList<>();
        balancer.get(api -> api.get(Paths.MULTIPART + "list?max_uploads=1000&prefix=" + Api.query("raw/"))
                        .expect(200))
                .json()
                .path("uploads")
                .forEach(upload ->
                        queries.add("?key=" + Api.query(upload.path("key").asText()) + "&upload_id="
                                + Api.query(upload.path("upload_id").asText())));
        for (String query : queries) {
            balancer.get(api -> api.delete(Paths.MULTIPART + "abort" + query).expect(204, 404));
        }
    }

    private static void awaitNoUploads(OutsideClient store) throws InterruptedException {
        long deadline = System.nanoTime() + CLEAN.toNanos();
        List<String> open = store.openUploads("");
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            open = store.openUploads("");
        }
        assertThat(open).as("uploads in the store without an owner").isEmpty();
    }

    private static void awaitExactUsage(Cluster cluster, String project) throws InterruptedException {
        long deadline = System.nanoTime() + CLEAN.toNanos();
        Usage stored = stored(cluster.store(), project);
        Usage counted = cluster.usage(project).orElseThrow();
        while (!counted.equals(stored) && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            counted = cluster.usage(project).orElseThrow();
        }
        assertThat(counted).as(project).isEqualTo(stored);
    }

    private static Usage stored(OutsideClient store, String project) {
        List<Long> sizes = Stream.of("raw/", "processed/")
                .flatMap(stage -> store.sizes(stage + project + "/").values().stream())
                .toList();
        return new Usage(sizes.stream().mapToLong(Long::longValue).sum(), sizes.size());
    }
}
