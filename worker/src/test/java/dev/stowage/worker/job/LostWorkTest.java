package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.worker.schedule.CapturedLog;
import dev.stowage.worker.schedule.ProcessLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was suspended past its lease while others did its work, and failures of the process itself. */
class LostWorkTest {

    private final JobBench bench = new JobBench();
    private boolean suspended;

    @Test
    void suspendedArchive_discardsNoResultsOfAnotherProcess() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b", "B");
        suspendAt("put", () -> finishAsAnother(true));

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(2);
    }

    @Test
    void suspendedDeletion_changesNoResultOfAnotherProcess_andNoFile() {
        bench.put("raw/p/a", "A");
        suspendAt("delete", () -> finishAsAnother(false));

        JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(1);
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }

    /** The claim is the last call before the deletion. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void suspendedBeforeTheFirstDeletion_deletesNoNewFile(boolean renewedFirst) {
        bench.put("raw/p/a", "A");
        suspendAfter("claim", renewedFirst, () -> {
            finishAsAnother(false);
            bench.put("raw/p/a", "anew");
        });

        JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(1);
        assertThat(bench.text("raw/p/a")).isEqualTo("anew");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void suspendedBeforeTheFirstCopy_replacesNoNewFile(boolean renewedFirst, boolean bulk) {
        if (bulk) {
            bench.failing.lacking.remove(Capability.BULK_COPY);
        }
        bench.put("raw/p/a", "A");
        suspendAfter("claim", renewedFirst, () -> {
            finishAsAnother(false);
            bench.put("raw/q/a", "anew");
        });

        JobId id = bench.submit("copy", prefix("raw/p/"), to("raw/q/"));
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/q/a")).isEqualTo("anew");
    }

    /** The notes are the last calls before the copy and before the deletion. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void suspendedMove_deletesNoNewFile(int notes) {
        bench.failing.lacking.add(Capability.CONDITIONAL_DELETE);
        bench.put("raw/p/a", "A");
        int[] left = {notes};
        suspendAfter("note", () -> --left[0] == 0, true, () -> {
            finishAsAnother(false);
            bench.put("raw/q/a", "anew");
            bench.put("raw/p/a", "A");
        });

        JobId id = bench.submit("move", prefix("raw/p/"), to("raw/q/"));
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
        assertThat(bench.text("raw/q/a")).isEqualTo("anew");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void suspendedArchive_replacesNoNewFile(boolean renewedFirst) {
        bench.put("raw/p/a", "A");
        int[] looks = new int[1];
        suspendAfter("items", () -> ++looks[0] == 2, renewedFirst, () -> {
            finishAsAnother(true);
            bench.put("raw/q/all.zip", "anew");
        });

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/q/all.zip")).isEqualTo("anew");
    }

    /** No other process took over: the same process does the work under its next lease. */
    @Test
    void suspendedProcess_withoutOthers_resumesItsWork() {
        bench.put("raw/p/a", "A");
        suspendAfter("claim", true, () -> {});

        JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        bench.run();
        assertThat(bench.isThere("raw/p/a")).isTrue();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    @Test
    void process_withoutALease_claimsNothing() {
        bench.put("raw/p/a", "A");
        boolean[] held = new boolean[1];
        bench.lease = () -> () -> held[0];
        JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        bench.run();
        assertThat(bench.state(id)).isEqualTo(JobState.QUEUED);

        held[0] = true;
        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id).get(0).attempts()).isEqualTo(1);
    }

    @Test
    void suspendedScan_addsNoItemTwice_andFailsNoJob() {
        bench.put("raw/p/a", "A");
        suspendAt("list", this::readAsAnother);

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().total()).isEqualTo(1);
    }

    @Test
    void unexpectedFailure_isLogged_andWorkContinues() {
        bench.put("raw/p/a", "A");
        int[] calls = new int[1];
        bench.atWork = () -> {
            if (++calls[0] == 1) {
                throw new NoClassDefFoundError("defect");
            }
        };
        try (CapturedLog log = new CapturedLog(JobRunner.class)) {
            JobId id = bench.submit("delete", keys("raw/p/a"), JobTarget.NONE);
            bench.run();
            bench.pass(Duration.ofMinutes(1));

            assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** The first such call takes so long that others act meanwhile. */
    private void suspendAt(String which, Runnable meanwhile) {
        bench.failing.before = (call, key) -> {
            if (call.equals(which) && !suspended) {
                suspended = true;
                bench.leases.end();
                meanwhile.run();
                throw new StorageUnavailable("away", null);
            }
        };
    }

    private void suspendAfter(String call, boolean renewedFirst, Runnable meanwhile) {
        suspendAfter(call, () -> true, renewedFirst, meanwhile);
    }

    /**
     * The process is suspended for longer than its lease, once.
     *
     * @param renewedFirst whether it renews its lease before anything else when it resumes
     */
    private void suspendAfter(String which, BooleanSupplier when, boolean renewedFirst, Runnable meanwhile) {
        ProcessLease lease = new ProcessLease(
                bench.leases,
                bench.clock,
                bench.clock,
                () -> bench.clock.instant().toEpochMilli() * 1_000_000);
        bench.lease = () -> {
            // The heartbeat runs while the process is not suspended.
            lease.renew();
            return lease.fence();
        };
        bench.afterJobs = call -> {
            if (call.equals(which) && !suspended && when.getAsBoolean()) {
                suspended = true;
                bench.leases.end();
                bench.clock.advance(ProcessLease.TERM.plusSeconds(5));
                meanwhile.run();
                if (renewedFirst) {
                    lease.renew();
                }
            }
        };
    }

    private BatchJobs another() {
        ProcessId other = new ProcessId("other");
        InMemoryLeases leases = bench.leases.as(other);
        leases.beat(bench.clock.instant(), bench.clock.instant().plusSeconds(1000));
        BatchJobs others = bench.jobs.as(other, leases);
        int unused = others.recover(Set.of(), bench.clock.instant());
        return others;
    }

    private JobId job(BatchJobs jobs) {
        return jobs.list(JobFilter.ALL, 1, Optional.empty())
                .items()
                .get(0)
                .job()
                .id();
    }

    private void finishAsAnother(boolean whole) {
        BatchJobs others = another();
        Claim claim = (whole
                        ? others.claimWhole(job(others), bench.clock.instant())
                        : others.claim(job(others), 10, bench.clock.instant()))
                .orElseThrow();
        if (whole) {
            assertThat(others.restart(claim)).isFalse();
        }
        List<ItemResult> results =
                others.items(claim, 0).stream().map(this::succeeded).toList();
        others.record(claim, results, bench.clock.instant());
        others.giveBack(claim, false, bench.clock.instant());
    }

    private void readAsAnother() {
        BatchJobs others = another();
        Claim source = others.claimSource(job(others), bench.clock.instant()).orElseThrow();
        List<NewItem> found = List.of(NewItem.of(new ObjectKey("raw/p/a")));
        assertThat(others.enumerated(source, BatchJobs.FoundItems.of(found, "x"), bench.clock.instant()))
                .isTrue();
        others.enumeratedAll(source, Optional.empty(), bench.clock.instant());
    }

    private ItemResult succeeded(JobItem item) {
        return new ItemResult(
                item.number(), 1, ItemState.SUCCEEDED, 0, Optional.empty(), Optional.empty(), bench.clock.instant());
    }
}
