package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.service.Signals.Topic;
import dev.stowage.testkit.InMemoryLeases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The scheduling of items, and the handling of failures. */
class JobRunnerTest {

    final JobBench bench = bench();

    JobBench bench() {
        return new JobBench();
    }

    @Test
    void submittedJob_isRunBeforeTheNextInterval_whenTheRunnerIsWoken() {
        bench.put("raw/p/a", "A");
        bench.run();
        bench.signals.listen(Topic.JOBS, job -> bench.runner.wake());

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.pass(Duration.ZERO);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void signals_areSentOnceForEachSubmission_resumption_andRetry() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b", "B");
        List<String> sent = new ArrayList<>();
        bench.signals.listen(Topic.JOBS, sent::add);
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new StorageRejected("refused", null);
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        assertThat(sent).containsExactly(id.value());
        bench.clients().pause(bench.owner, id);
        bench.clients().resume(bench.owner, id);
        assertThat(sent).hasSize(2);
        bench.run();
        bench.retry(id);

        assertThat(sent).hasSize(3).containsOnly(id.value());
    }

    @Test
    void itemThatFailsTemporarily_isRetried() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b", "B");
        List<Duration> attempts = new ArrayList<>();
        var start = bench.clock.instant();
        bench.failing.before = (call, key) -> {
            if (call.equals("copy") && key.value().equals("raw/p/b")) {
                attempts.add(Duration.between(start, bench.clock.instant()));
                if (attempts.size() < 4) {
                    throw new StorageUnavailable("away", null);
                }
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(1);
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::attempts).containsExactly(1, 4);
        assertThat(attempts.get(1)).isBetween(Duration.ofMillis(750), Duration.ofSeconds(2));
        assertThat(attempts.get(2).minus(attempts.get(1))).isBetween(Duration.ofMillis(2250), Duration.ofSeconds(5));
        assertThat(attempts.get(3).minus(attempts.get(2))).isBetween(Duration.ofMillis(6750), Duration.ofSeconds(13));
    }

    @Test
    void itemThatFailsEveryTime_failsAfterItsAttempts_andCanBeRetried() {
        bench.put("raw/p/a", "A");
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofMinutes(10));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.items(id))
                .containsExactly(new ItemRecord(
                        1, "raw/p/a", ItemState.FAILED, 5, Optional.of("StorageUnavailable"), Optional.of("away")));

        bench.failing.before = (call, key) -> {};
        assertThat(bench.clients().retry(Principal.ANYONE, id).job().state()).isEqualTo(JobState.QUEUED);
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("processed/p/a")).isEqualTo("A");
    }

    @Test
    void itemThatFailsPermanently_isTriedOnce() {
        bench.put("raw/p/a", "A");
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new StorageRejected("denied", null);
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::attempts).containsExactly(1);
        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
    }

    @Test
    void defectOfAnOperation_failsTheItem_afterItsAttempts() {
        bench.put("raw/p/a", "A");
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new IllegalStateException("a defect");
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofMinutes(10));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.items(id).get(0).message()).contains("Internal error; see the log of the service");
    }

    @Test
    void unavailableStore_costsFewAttempts() {
        IntStream.range(0, 600).forEach(i -> bench.put("raw/p/" + i, "x"));
        boolean[] away = new boolean[1];
        bench.failing.before = (call, key) -> {
            away[0] |= call.equals("copy");
            if (away[0]) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.status(id).progress().failed()).isZero();
        bench.failing.before = (call, key) -> {};
        bench.pass(Duration.ofMinutes(6));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void failedListing_resumesAtItsCheckpoint() {
        IntStream.range(0, 2500).forEach(i -> bench.put("raw/p/" + i, "x"));
        int[] lists = new int[1];
        bench.failing.before = (call, key) -> {
            if (call.equals("list") && ++lists[0] == 2) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().total()).isEqualTo(2500);
        assertThat(lists[0]).isEqualTo(4);
    }

    @Test
    void permanentlyFailingListing_failsTheJob() {
        bench.failing.before = (call, key) -> {
            if (call.equals("list")) {
                throw new StorageRejected("denied", null);
            }
        };

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.status(id).job().error()).contains(new JobFailure("StorageRejected", "denied"));
    }

    @Test
    void interruptedArchive_startsOver() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b", "B");
        int[] reads = new int[1];
        bench.failing.before = (call, key) -> {
            if (call.equals("read") && key.value().equals("raw/p/b") && ++reads[0] <= 6) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        assertThat(bench.isThere("raw/q/all.zip")).isFalse();
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(2);
        assertThat(bench.isThere("raw/q/all.zip")).isTrue();
    }

    @Test
    void repeatedlyFailingArchive_failsWithoutAFile() {
        bench.put("raw/p/a", "A");
        bench.failing.before = (call, key) -> {
            if (call.equals("put")) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        bench.pass(Duration.ofMinutes(10));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error()).contains(new JobFailure("StorageUnavailable", "away"));
        assertThat(bench.status(id).progress().succeeded()).isZero();
    }

    @Test
    void crashAfterADeletion_countsItAsDone() {
        bench.put("raw/p/a", "A");
        JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        Claim lost = claimAsAnother(id);
        assertThat(bench.store.delete(List.of(lost.items().get(0).key()))).hasSize(1);

        bench.run();
        bench.pass(Duration.ofSeconds(30));

        assertThat(bench.items(id))
                .containsExactly(
                        new ItemRecord(1, "raw/p/a", ItemState.SUCCEEDED, 2, Optional.empty(), Optional.empty()));
    }

    @Test
    void crashAfterAMove_countsItAsDone_andATypoAsMissing() {
        bench.put("raw/p/a", "A");
        bench.put("processed/p/typo", "something else");
        JobId id = bench.submit("move", keys("raw/p/a", "raw/p/typo"), to("processed/p/"));
        ProcessId dead = new ProcessId("dead");
        InMemoryLeases leases = new InMemoryLeases(dead);
        BatchJobs theirs = bench.jobs.as(dead, leases);
        Claim lost = theirs.claim(id, 10, bench.clock.instant()).orElseThrow();
        bench.put("processed/p/a", "A");
        theirs.note(lost, List.of(lost.items().get(0).of(1, tag("raw/p/a")).copiedTo(tag("processed/p/a"))));
        assertThat(bench.store.delete(List.of(lost.items().get(0).key()))).hasSize(1);

        bench.run();
        bench.pass(Duration.ofSeconds(30));

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(bench.text("processed/p/typo")).isEqualTo("something else");
    }

    @Test
    void pausedJob_doesNothing_untilItIsResumed() {
        bench.put("raw/p/a", "A");
        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        assertThat(bench.clients().pause(Principal.ANYONE, id).job().state()).isEqualTo(JobState.PAUSED);

        bench.run();
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.isThere("raw/p/a")).isTrue();
        assertThat(bench.clients().resume(Principal.ANYONE, id).job().state()).isEqualTo(JobState.QUEUED);
        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void jobCancelledWhileRunning_leavesTheRestPending() {
        IntStream.range(0, 100).forEach(i -> bench.put("raw/p/" + i, "x"));
        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        int[] copies = new int[1];
        bench.failing.before = (call, key) -> {
            if (call.equals("copy") && ++copies[0] == 10) {
                assertThat(bench.clients().cancel(Principal.ANYONE, id).job().state())
                        .isEqualTo(JobState.CANCELLED);
            }
            if (copies[0] >= 10) {
                // Each copy takes a second, so that the batch's time is over.
                bench.clock.advance(Duration.ofSeconds(1));
            }
        };

        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(10);
        assertThat(bench.jobs.items(id, Optional.of(ItemState.PENDING), 1000, 0).items())
                .hasSize(90);
    }

    @Test
    void onErrorStop_endsTheJobWithTheFirstFailure() {
        bench.put("raw/p/b", "B");
        JobOptions stop = new JobOptions(false, true, 5, 1, 0, Optional.empty());

        JobId id = bench.submit("copy", keys("raw/p/a", "raw/p/b"), to("processed/p/"), stop);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().orElseThrow().error()).isEqualTo("JobStopped");
    }

    private Etag tag(String key) {
        return bench.store.stat(new ObjectKey(key)).orElseThrow().etag();
    }

    private Claim claimAsAnother(JobId id) {
        ProcessId dead = new ProcessId("dead");
        return bench.jobs
                .as(dead, new InMemoryLeases(dead))
                .claim(id, 10, bench.clock.instant())
                .orElseThrow();
    }
}
