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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    private static final String ALL = Stream.of(Fault.values()).map(Fault::name).collect(Collectors.joining(","));

    /** In the order of the rounds: all, or some of them. */
    private static final List<Fault> FAULTS = Stream.of(
                    System.getProperty("stowage.cluster.faults", ALL).split(",", -1))
            .map(Fault::valueOf)
            .toList();

    /** Whether failures are shorter than the lease. */
    private static final boolean BRIEF = ROUNDS <= Fault.values().length / 2;

    /** Of the clients of files. Few rounds run beside other tests, to which they leave time. */
    private static final Duration PAUSE = Duration.ofMillis(BRIEF ? 100 : 20);

    /** Of the clients that send some MiB in each step. */
    private static final Duration MULTIPART_PAUSE = Duration.ofMillis(BRIEF ? 1500 : 500);

    private static final Duration JOBS_PAUSE = Duration.ofMillis(BRIEF ? 1000 : 0);

    private static final Duration TUS_PAUSE = Duration.ofMillis(BRIEF ? 1000 : 300);

    /** Longer than it takes until the leftovers of ended nodes are deleted, once their leases have expired. */
    private static final Duration CLEAN = Duration.ofSeconds(90);

    private static final String FILES = "files";
    private static final String UPLOADS = "uploads";

    private final Random random = new Random(SEED);
    private final Acknowledged files = new Acknowledged();
    private final Map<String, Integer> rounds = new TreeMap<>();

    @TempDir
    Path folder;

    @Test
    void acknowledgedWrites_surviveFailures_andTotalsAreExact() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            Jobs jobs = new Jobs(ITEMS, files, balancer(cluster, 1), JOBS_PAUSE);
            MultipartUploads multipart =
                    new MultipartUploads("raw/" + UPLOADS + "/m", files, balancer(cluster, 2), MULTIPART_PAUSE);
            TusUploads tus = new TusUploads("raw/" + UPLOADS + "/t", files, balancer(cluster, 3), SEED, TUS_PAUSE);
            FileClient first = new FileClient("raw/" + FILES + "/a", files, balancer(cluster, 4), SEED, PAUSE);
            FileClient second = new FileClient("raw/" + FILES + "/b", files, balancer(cluster, 5), SEED + 1, PAUSE);
            Balancer own = balancer(cluster, 6);
            jobs.fill(cluster.nodes());
            try (Client.Crowd crowd = new Client.Crowd(List.of(jobs, multipart, tus, first, second))) {
                Failures failures = new Failures(cluster, jobs, crowd, files, random, BRIEF);
                for (int round = 0; round < ROUNDS; round++) {
                    run(round, FAULTS.get(round % FAULTS.size()), failures, cluster, crowd, jobs);
                    files.checkLarge(own);
                }
                crowd.stop();
            }
            int finished = multipart.finish() + tus.finish();
            abortUnacknowledged(own);
            awaitNoUploads(cluster.store());
            awaitExactUsage(cluster);
            jobs.check();
            files.check(own);
            Measured.report("cluster: %s with seed %d; %d files, %d uploads left open, %d jobs, %d files stored again"
                    .formatted(rounds, SEED, files.count(), finished, jobs.ended(), jobs.restored()));
        }
    }

    private void run(int round, Fault fault, Failures failures, Cluster cluster, Client.Crowd crowd, Jobs jobs)
            throws Exception {
        crowd.await("a job is at work", jobs::isAtWork);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        long began = System.nanoTime();
        Failures.Seen seen = failures.inject(fault);
        for (Node node : cluster.nodes()) {
            node.awaitReady();
        }
        crowd.check();
        rounds.merge(seen.exercised() ? fault.name() : fault + " not exercised", 1, Integer::sum);
        Measured.report("cluster: round %d, %s%s: %s; %.1f s"
                .formatted(
                        round,
                        fault,
                        seen.exercised() ? "" : " not exercised",
                        seen.report(),
                        Measured.seconds(began)));
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

    /** Requests that their client has given up may still change files, so both sides are read again. */
    private static void awaitExactUsage(Cluster cluster) throws InterruptedException {
        long deadline = System.nanoTime() + CLEAN.toNanos();
        Map<String, Usage> stored = stored(cluster.store());
        Map<String, Usage> counted = cluster.usage();
        while (!counted.equals(stored) && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            stored = stored(cluster.store());
            counted = cluster.usage();
        }
        assertThat(counted).isEqualTo(stored);
    }

    private static Map<String, Usage> stored(OutsideClient store) {
        Map<String, Usage> stored = new HashMap<>();
        for (String project : List.of(FILES, UPLOADS, Jobs.PROJECT)) {
            List<Long> sizes = Stream.of("raw/", "processed/")
                    .flatMap(stage -> store.sizes(stage + project + "/").values().stream())
                    .toList();
            stored.put(
                    project, new Usage(sizes.stream().mapToLong(Long::longValue).sum(), sizes.size()));
        }
        return stored;
    }
}
