package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets nodes, the database and the network between them fail. For one thread. */
final class Failures {

    private static final Duration LEASE = Duration.ofSeconds(20);
    /** The longest time that a node that ends may hold up a job. */
    private static final Duration TAKEOVER = LEASE.plusSeconds(5);
    /** Longer than the lease. */
    private static final Duration SUSPENSION = LEASE.plusSeconds(5);

    private final Cluster cluster;
    private final Jobs jobs;
    private final Client.Crowd crowd;
    private final Random random;
    private final boolean brief;

    /** @param brief whether each failure is shorter than the lease */
    Failures(Cluster cluster, Jobs jobs, Client.Crowd crowd, Random random, boolean brief) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.crowd = crowd;
        this.random = random;
        this.brief = brief;
    }

    /** Lets something fail and recover; returns what is to be reported of it. */
    String inject(Fault fault) throws InterruptedException, ExecutionException {
        return switch (fault) {
            case KILLED_NODE -> killNode();
            case KILLED_DATABASE -> killDatabase();
            case CUT_OFF_NODE -> cutOff();
            case SUSPENDED_NODE -> suspend();
            case CLOCK_AHEAD -> clockAhead();
            case SILENT_NETWORK -> silence();
        };
    }

    private String killNode() throws InterruptedException, ExecutionException {
        int before = jobs.ended();
        Node node = cluster.any(random);
        node.kill();
        node.restart(Map.of());
        awaitJob(before);
        assertThat(jobs.longestPause()).as("time without progress").isLessThan(TAKEOVER);
        return node + ", the job waited " + jobs.longestPause().toMillis() + " ms";
    }

    private String killDatabase() throws InterruptedException {
        cluster.postgres().kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(4000));
        cluster.postgres().restart();
        return "restarted";
    }

    private String cutOff() throws InterruptedException {
        Node node = cluster.any(random);
        Duration time = outage();
        node.door().refuse();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        node.door().open();
        return node + " for " + time.toMillis() + " ms";
    }

    private String silence() throws InterruptedException {
        Node node = cluster.any(random);
        Duration time = outage();
        node.door().silence();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        node.door().open();
        return node + " for " + time.toMillis() + " ms";
    }

    /** Shorter or longer than the lease. */
    private Duration outage() {
        return Duration.ofMillis(brief ? 4_000 : 3_000 + random.nextInt(30_000));
    }

    /** When the node resumes, others have done its items, and files are stored again under their keys. */
    private String suspend() throws InterruptedException, ExecutionException {
        int before = jobs.ended();
        int restored = jobs.restored();
        Node node = cluster.any(random);
        node.process().suspend();
        try {
            TimeUnit.MILLISECONDS.sleep(SUSPENSION.toMillis());
            awaitJob(before);
        } finally {
            node.process().resume();
        }
        TimeUnit.SECONDS.sleep(4);
        return node + ", " + (jobs.restored() - restored) + " files stored again";
    }

    private String clockAhead() throws InterruptedException, ExecutionException {
        Optional<Path> library = fakeTime();
        if (library.isEmpty()) {
            return "skipped, because libfaketime is not installed";
        }
        Node node = cluster.any(random);
        node.kill();
        node.restart(Map.of(
                "LD_PRELOAD",
                library.get().toString(),
                "FAKETIME",
                "+60s",
                "DONT_FAKE_MONOTONIC",
                "1",
                // Without it, timed waits of the JVM return at once, and it uses all of a processor.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"));
        int before = jobs.ended();
        TimeUnit.SECONDS.sleep(10);
        awaitJob(before);
        node.kill();
        node.restart(Map.of());
        return node.toString();
    }

    private static Optional<Path> fakeTime() {
        return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(platform -> Path.of("/usr/lib", platform, "faketime", "libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst();
    }

    private void awaitJob(int before) throws InterruptedException, ExecutionException {
        crowd.await("the job ended", () -> jobs.ended() > before);
    }
}
