package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets nodes, the database and the network between them fail. For one thread. */
final class Failures {

    /**
     * What was seen of a failure.
     *
     * @param exercised whether the round served its purpose
     */
    record Seen(boolean exercised, String report) {}

    private static final Duration LEASE = Duration.ofSeconds(20);
    /** The longest time that a node that ends may hold up a job. */
    private static final Duration TAKEOVER = LEASE.plusSeconds(5);
    /** Longer than the lease. */
    private static final Duration SUSPENSION = LEASE.plusSeconds(5);

    private final Cluster cluster;
    private final Jobs jobs;
    private final Client.Crowd crowd;
    private final Acknowledged files;
    private final Random random;
    private final boolean brief;
    private int suspensions;

    /** @param brief whether each failure is shorter than the lease */
    Failures(Cluster cluster, Jobs jobs, Client.Crowd crowd, Acknowledged files, Random random, boolean brief) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.crowd = crowd;
        this.files = files;
        this.random = random;
        this.brief = brief;
    }

    /** Lets something fail and recover. */
    Seen inject(Fault fault) throws InterruptedException, ExecutionException, TimeoutException {
        return switch (fault) {
            case KILLED_NODE -> brief ? killNode() : killNodeAtWork();
            case KILLED_DATABASE -> killDatabase();
            case CUT_OFF_NODE -> cutOff();
            case SUSPENDED_NODE -> suspend();
            case CLOCK_AHEAD -> clockAhead();
            case SILENT_NETWORK -> silence();
        };
    }

    private Seen killNode() throws InterruptedException, ExecutionException {
        int before = jobs.ended();
        Node node = cluster.any(random);
        node.kill();
        node.restart(Map.of());
        awaitJob(before);
        return pause(node + " at any time");
    }

    /** The node has items of a job that others can take over only when its lease has expired. */
    private Seen killNodeAtWork() throws InterruptedException, ExecutionException {
        Node node = cluster.any(random);
        node.store().keep(Failures::isOfAJob);
        try {
            crowd.await(
                    "the node has items of a job", () -> !node.store().kept().isEmpty());
            node.kill();
        } finally {
            node.store().open();
        }
        int before = jobs.ended();
        node.restart(Map.of());
        awaitJob(before);
        return pause(node + " at work");
    }

    /** Whether a request to the store changes something for a job. */
    private static boolean isOfAJob(String request) {
        return Suspension.isJobDeletion(request)
                || (request.startsWith("PUT ") && request.contains("/" + Jobs.RESULTS));
    }

    private Seen pause(String node) {
        assertThat(jobs.longestPause()).as("time without progress").isLessThan(TAKEOVER);
        return seen(node + ", the job waited " + jobs.longestPause().toMillis() + " ms");
    }

    private Seen killDatabase() throws InterruptedException {
        cluster.postgres().kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(4000));
        cluster.postgres().restart();
        return seen("restarted");
    }

    private Seen cutOff() throws InterruptedException {
        Node node = cluster.any(random);
        Duration time = outage();
        node.database().refuse();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        node.database().open();
        return seen(node + " for " + time.toMillis() + " ms");
    }

    private Seen silence() throws InterruptedException {
        Node node = cluster.any(random);
        Duration time = outage();
        node.database().silence();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        node.database().open();
        return seen(node + " for " + time.toMillis() + " ms");
    }

    /** Shorter or longer than the lease. */
    private Duration outage() {
        return Duration.ofMillis(brief ? 4_000 : 3_000 + random.nextInt(30_000));
    }

    private Seen suspend() throws InterruptedException, ExecutionException, TimeoutException {
        suspensions++;
        int restored = jobs.restored();
        Node node = cluster.any(random);
        List<Node> others =
                cluster.nodes().stream().filter(other -> other != node).toList();
        Balancer balancer = new Balancer(others, random.nextLong());
        LateRequests late = new LateRequests("raw/files/late" + suspensions + "/", files, balancer);
        String seen = new Suspension(node, jobs, crowd, files, late).run(SUSPENSION, balancer);
        return seen(seen + ", " + (jobs.restored() - restored) + " files of the job stored again");
    }

    private Seen clockAhead() throws InterruptedException, ExecutionException {
        Optional<Map<String, String>> ahead = FakeTime.minuteAhead();
        if (ahead.isEmpty()) {
            return new Seen(false, "libfaketime is not installed");
        }
        Node node = cluster.any(random);
        node.kill();
        node.restart(ahead.get());
        int before = jobs.ended();
        TimeUnit.SECONDS.sleep(10);
        awaitJob(before);
        node.kill();
        node.restart(Map.of());
        return seen(node.toString());
    }

    private static Seen seen(String report) {
        return new Seen(true, report);
    }

    private void awaitJob(int before) throws InterruptedException, ExecutionException {
        crowd.await("the job ended", () -> jobs.ended() > before);
    }
}
