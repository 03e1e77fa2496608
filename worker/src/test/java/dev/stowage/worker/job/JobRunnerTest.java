package dev.stowage.worker.job;

import static dev.stowage.worker.job.Workshop.into;
import static dev.stowage.worker.job.Workshop.keys;
import static dev.stowage.worker.job.Workshop.prefix;
import static dev.stowage.worker.job.Workshop.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.batch.CancelJob;
import dev.stowage.core.batch.PauseJob;
import dev.stowage.core.batch.ResumeJob;
import dev.stowage.core.batch.RetryJob;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.session.ProcessId;
import dev.stowage.testkit.InMemoryLeases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When items are worked on, and what becomes of those that fail. */
class JobRunnerTest {

    final Workshop workshop = workshop();

    Workshop workshop() {
        return new Workshop();
    }

    @Test
    void itemThatFailsForAWhile_isTriedAgainLater() {
        workshop.put("raw/p/a", "A");
        workshop.put("raw/p/b", "B");
        List<Duration> attempts = new ArrayList<>();
        var start = workshop.clock.instant();
        workshop.failing.before = (call, key) -> {
            if (call.equals("copy") && key.value().equals("raw/p/b")) {
                attempts.add(Duration.between(start, workshop.clock.instant()));
                if (attempts.size() < 4) {
                    throw new StorageUnavailable("away", null);
                }
            }
        };

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        workshop.run();
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(1);
        workshop.pass(Duration.ofMinutes(2));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.items(id)).extracting(ItemRecord::attempts).containsExactly(1, 4);
        assertThat(attempts.get(1)).isBetween(Duration.ofMillis(750), Duration.ofSeconds(2));
        assertThat(attempts.get(2).minus(attempts.get(1))).isBetween(Duration.ofMillis(2250), Duration.ofSeconds(5));
        assertThat(attempts.get(3).minus(attempts.get(2))).isBetween(Duration.ofMillis(6750), Duration.ofSeconds(13));
    }

    @Test
    void itemThatFailsEveryTime_failsAfterItsAttempts_andCanBeRetried() {
        workshop.put("raw/p/a", "A");
        workshop.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(10));

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.items(id))
                .containsExactly(new ItemRecord(
                        1, "raw/p/a", ItemState.FAILED, 5, Optional.of("StorageUnavailable"), Optional.of("away")));

        workshop.failing.before = (call, key) -> {};
        assertThat(new RetryJob(workshop.jobs, Workshop.POLICY, JobLimits.NONE, workshop.clock)
                        .retry(Principal.ANYONE, id)
                        .job()
                        .state())
                .isEqualTo(JobState.QUEUED);
        workshop.pass(Duration.ofSeconds(1));
        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.text("processed/p/a")).isEqualTo("A");
    }

    @Test
    void itemThatFailsForGood_isTriedOnce() {
        workshop.put("raw/p/a", "A");
        workshop.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new StorageRejected("denied", null);
            }
        };

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        workshop.run();

        assertThat(workshop.items(id)).extracting(ItemRecord::attempts).containsExactly(1);
        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
    }

    @Test
    void defectOfAnOperation_failsTheItem_inTheEnd() {
        workshop.put("raw/p/a", "A");
        workshop.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new IllegalStateException("a defect");
            }
        };

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(10));

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.items(id).get(0).message()).contains("Something went wrong here; the log has it");
    }

    @Test
    void storeThatIsAway_costsFewItemsTheirAttempts() {
        IntStream.range(0, 600).forEach(i -> workshop.put("raw/p/" + i, "x"));
        boolean[] away = new boolean[1];
        workshop.failing.before = (call, key) -> {
            away[0] |= call.equals("copy");
            if (away[0]) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));
        assertThat(workshop.status(id).progress().failed()).isZero();
        workshop.failing.before = (call, key) -> {};
        workshop.pass(Duration.ofMinutes(6));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void listingThatFails_isTakenUpWhereItWas() {
        IntStream.range(0, 2500).forEach(i -> workshop.put("raw/p/" + i, "x"));
        int[] lists = new int[1];
        workshop.failing.before = (call, key) -> {
            if (call.equals("list") && ++lists[0] == 2) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        workshop.run();
        workshop.pass(Duration.ofSeconds(5));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.status(id).progress().total()).isEqualTo(2500);
        assertThat(lists[0]).isEqualTo(4);
    }

    @Test
    void listingThatFailsForGood_failsTheJob() {
        workshop.failing.before = (call, key) -> {
            if (call.equals("list")) {
                throw new StorageRejected("denied", null);
            }
        };

        JobId id = workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        workshop.run();

        assertThat(workshop.status(id).job().error()).contains(new JobFailure("StorageRejected", "denied"));
    }

    @Test
    void archiveThatBreaksOff_beginsAnew() {
        workshop.put("raw/p/a", "A");
        workshop.put("raw/p/b", "B");
        int[] reads = new int[1];
        workshop.failing.before = (call, key) -> {
            if (call.equals("read") && key.value().equals("raw/p/b") && ++reads[0] <= 6) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = workshop.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        workshop.run();
        assertThat(workshop.isThere("raw/q/all.zip")).isFalse();
        workshop.pass(Duration.ofSeconds(5));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(2);
        assertThat(workshop.isThere("raw/q/all.zip")).isTrue();
    }

    @Test
    void archiveThatAlwaysBreaksOff_failsWithoutAFile() {
        workshop.put("raw/p/a", "A");
        workshop.failing.before = (call, key) -> {
            if (call.equals("put")) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = workshop.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(10));

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.status(id).job().error()).contains(new JobFailure("StorageUnavailable", "away"));
        assertThat(workshop.status(id).progress().succeeded()).isZero();
    }

    @Test
    void crashAfterADeletion_countsItAsDone() {
        workshop.put("raw/p/a", "A");
        JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        Claim lost = claimAsAnother(id);
        assertThat(workshop.store.delete(List.of(lost.items().get(0).key()))).hasSize(1);

        workshop.run();
        workshop.pass(Duration.ofSeconds(30));

        assertThat(workshop.items(id))
                .containsExactly(
                        new ItemRecord(1, "raw/p/a", ItemState.SUCCEEDED, 2, Optional.empty(), Optional.empty()));
    }

    @Test
    void crashAfterAMove_countsItAsDone_andATypoAsMissing() {
        workshop.put("raw/p/a", "A");
        workshop.put("processed/p/typo", "something else");
        JobId id = workshop.submit("move", keys("raw/p/a", "raw/p/typo"), to("processed/p/"));
        ProcessId dead = new ProcessId("dead");
        InMemoryLeases leases = new InMemoryLeases(dead);
        BatchJobs theirs = workshop.jobs.as(dead, leases);
        Claim lost = theirs.claim(id, 10, workshop.clock.instant()).orElseThrow();
        workshop.put("processed/p/a", "A");
        theirs.note(lost, List.of(lost.items().get(0).of(1, tag("raw/p/a")).copiedTo(tag("processed/p/a"))));
        assertThat(workshop.store.delete(List.of(lost.items().get(0).key()))).hasSize(1);

        workshop.run();
        workshop.pass(Duration.ofSeconds(30));

        assertThat(workshop.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(workshop.text("processed/p/typo")).isEqualTo("something else");
    }

    @Test
    void pausedJob_standsStill_untilItIsResumed() {
        workshop.put("raw/p/a", "A");
        JobId id = workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        assertThat(new PauseJob(workshop.jobs, Workshop.POLICY, workshop.clock)
                        .pause(Principal.ANYONE, id)
                        .job()
                        .state())
                .isEqualTo(JobState.PAUSED);

        workshop.run();
        workshop.pass(Duration.ofMinutes(1));
        assertThat(workshop.isThere("raw/p/a")).isTrue();
        assertThat(new ResumeJob(workshop.jobs, Workshop.POLICY, workshop.clock)
                        .resume(Principal.ANYONE, id)
                        .job()
                        .state())
                .isEqualTo(JobState.QUEUED);
        workshop.pass(Duration.ofSeconds(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void jobCancelledInTheMiddle_leavesTheRestPending() {
        IntStream.range(0, 100).forEach(i -> workshop.put("raw/p/" + i, "x"));
        JobId id = workshop.submit("copy", prefix("raw/p/"), to("processed/p/"));
        int[] copies = new int[1];
        workshop.failing.before = (call, key) -> {
            if (call.equals("copy") && ++copies[0] == 10) {
                assertThat(new CancelJob(workshop.jobs, Workshop.POLICY, workshop.clock)
                                .cancel(Principal.ANYONE, id)
                                .job()
                                .state())
                        .isEqualTo(JobState.CANCELLED);
            }
            if (copies[0] >= 10) {
                // A second passes with each, so that the batch's time is over.
                workshop.clock.advance(Duration.ofSeconds(1));
            }
        };

        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(10);
        assertThat(workshop.jobs
                        .items(id, Optional.of(ItemState.PENDING), 1000, 0)
                        .items())
                .hasSize(90);
    }

    @Test
    void onErrorStop_endsTheJobWithTheFirstFailure() {
        workshop.put("raw/p/b", "B");
        JobOptions stop = new JobOptions(false, true, 5, 1, 0, Optional.empty());

        JobId id = workshop.submit("copy", keys("raw/p/a", "raw/p/b"), to("processed/p/"), stop);
        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.status(id).job().error().orElseThrow().error()).isEqualTo("JobStopped");
    }

    private Etag tag(String key) {
        return workshop.store.stat(new ObjectKey(key)).orElseThrow().etag();
    }

    private Claim claimAsAnother(JobId id) {
        ProcessId dead = new ProcessId("dead");
        return workshop.jobs
                .as(dead, new InMemoryLeases(dead))
                .claim(id, 10, workshop.clock.instant())
                .orElseThrow();
    }
}
