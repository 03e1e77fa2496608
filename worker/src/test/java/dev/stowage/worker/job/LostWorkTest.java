package dev.stowage.worker.job;

import static dev.stowage.worker.job.Workshop.into;
import static dev.stowage.worker.job.Workshop.keys;
import static dev.stowage.worker.job.Workshop.prefix;
import static dev.stowage.worker.job.Workshop.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.FoundItems;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.Capability;
import dev.stowage.core.session.ProcessId;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.worker.schedule.CapturedLog;
import dev.stowage.worker.schedule.ProcessLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process does that was suspended past its lease while others did its work, and what it does about failures of its own. */
class LostWorkTest {

    private final Workshop workshop = new Workshop();
    private boolean suspended;

    @Test
    void suspendedArchive_wipesNothingOfTheJobThatAnotherFinished() {
        workshop.put("raw/p/a", "A");
        workshop.put("raw/p/b", "B");
        suspendAt("put", () -> finishAsAnother(true));

        JobId id = workshop.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(2);
    }

    @Test
    void suspendedDeletion_changesNoResultOfAnother_andTouchesNoFileAgain() {
        workshop.put("raw/p/a", "A");
        suspendAt("delete", () -> finishAsAnother(false));

        JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(1);
        assertThat(workshop.isThere("raw/p/a")).isTrue();
    }

    /** That there are no more items is the last thing that is asked before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void suspendedBeforeTheFirstDeletion_deletesNothingThatWasStoredAnew(boolean renewedFirst) {
        workshop.put("raw/p/a", "A");
        suspendAfter("items", renewedFirst, () -> {
            finishAsAnother(false);
            workshop.put("raw/p/a", "anew");
        });

        JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(workshop.status(id).progress().succeeded()).isEqualTo(1);
        assertThat(workshop.text("raw/p/a")).isEqualTo("anew");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void suspendedBeforeTheFirstCopy_replacesNothingThatWasStoredAnew(boolean renewedFirst) {
        workshop.put("raw/p/a", "A");
        suspendAfter("claim", renewedFirst, () -> {
            finishAsAnother(false);
            workshop.put("raw/q/a", "anew");
        });

        JobId id = workshop.submit("copy", prefix("raw/p/"), to("raw/q/"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.text("raw/q/a")).isEqualTo("anew");
    }

    /** The notes are the last thing before the copy and before the deletion. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void suspendedMove_deletesNothingThatWasStoredAnew(int notes) {
        workshop.failing.lacking.add(Capability.CONDITIONAL_DELETE);
        workshop.put("raw/p/a", "A");
        int[] left = {notes};
        suspendAfter("note", () -> --left[0] == 0, true, () -> {
            finishAsAnother(false);
            workshop.put("raw/q/a", "anew");
            workshop.put("raw/p/a", "A");
        });

        JobId id = workshop.submit("move", prefix("raw/p/"), to("raw/q/"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.text("raw/p/a")).isEqualTo("A");
        assertThat(workshop.text("raw/q/a")).isEqualTo("anew");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void suspendedArchive_replacesNothingThatWasStoredAnew(boolean renewedFirst) {
        workshop.put("raw/p/a", "A");
        int[] looks = new int[1];
        suspendAfter("items", () -> ++looks[0] == 2, renewedFirst, () -> {
            finishAsAnother(true);
            workshop.put("raw/q/all.zip", "anew");
        });

        JobId id = workshop.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(suspended).isTrue();
        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.text("raw/q/all.zip")).isEqualTo("anew");
    }

    /** Nobody took over: the same process does it, under its next lease. */
    @Test
    void suspendedProcess_thatIsAlone_doesItsWorkLater() {
        workshop.put("raw/p/a", "A");
        suspendAfter("claim", true, () -> {});

        JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        workshop.run();
        assertThat(workshop.isThere("raw/p/a")).isTrue();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.isThere("raw/p/a")).isFalse();
    }

    @Test
    void process_whoseLeaseIsNotHeld_claimsNothing() {
        workshop.put("raw/p/a", "A");
        boolean[] held = new boolean[1];
        workshop.lease = () -> () -> held[0];
        JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
        workshop.run();
        assertThat(workshop.state(id)).isEqualTo(JobState.QUEUED);

        held[0] = true;
        workshop.pass(Duration.ofSeconds(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.items(id).get(0).attempts()).isEqualTo(1);
    }

    @Test
    void suspendedReadingOfASource_addsNoItemTwice_andFailsNoJob() {
        workshop.put("raw/p/a", "A");
        suspendAt("list", this::readAsAnother);

        JobId id = workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.status(id).progress().total()).isEqualTo(1);
    }

    @Test
    void failureThatIsNotOurs_isLogged_andTheWorkGoesOn() {
        workshop.put("raw/p/a", "A");
        int[] calls = new int[1];
        workshop.atWork = () -> {
            if (++calls[0] == 1) {
                throw new NoClassDefFoundError("defect");
            }
        };
        try (CapturedLog log = new CapturedLog(JobRunner.class)) {
            JobId id = workshop.submit("delete", keys("raw/p/a"), JobTarget.NONE);
            workshop.run();
            workshop.pass(Duration.ofMinutes(1));

            assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** The first call of that kind takes so long that others do this meanwhile. */
    private void suspendAt(String which, Runnable meanwhile) {
        workshop.failing.before = (call, key) -> {
            if (call.equals(which) && !suspended) {
                suspended = true;
                workshop.leases.end();
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
     * @param renewedFirst whether it renews its lease before anything else when it wakes up
     */
    private void suspendAfter(String which, BooleanSupplier when, boolean renewedFirst, Runnable meanwhile) {
        ProcessLease lease = new ProcessLease(
                workshop.leases, workshop.clock, () -> workshop.clock.instant().toEpochMilli() * 1_000_000);
        workshop.lease = () -> {
            // The heartbeat runs on while the process is not suspended.
            lease.renew();
            return lease.fence();
        };
        workshop.afterJobs = call -> {
            if (call.equals(which) && !suspended && when.getAsBoolean()) {
                suspended = true;
                workshop.leases.end();
                workshop.clock.advance(ProcessLease.TERM.plusSeconds(5));
                meanwhile.run();
                if (renewedFirst) {
                    lease.renew();
                }
            }
        };
    }

    private BatchJobs another() {
        ProcessId other = new ProcessId("other");
        InMemoryLeases leases = workshop.leases.as(other);
        leases.beat(workshop.clock.instant(), workshop.clock.instant().plusSeconds(1000));
        BatchJobs others = workshop.jobs.as(other, leases);
        int unused = others.recover(Set.of(), workshop.clock.instant());
        return others;
    }

    private JobId job(BatchJobs jobs) {
        return jobs.list(JobFilter.ALL, 1, OptionalLong.empty())
                .jobs()
                .get(0)
                .job()
                .id();
    }

    private void finishAsAnother(boolean whole) {
        BatchJobs others = another();
        Claim claim = (whole
                        ? others.claimWhole(job(others), workshop.clock.instant())
                        : others.claim(job(others), 10, workshop.clock.instant()))
                .orElseThrow();
        if (whole) {
            assertThat(others.restart(claim)).isFalse();
        }
        List<ItemResult> results =
                others.items(claim, 0).stream().map(this::succeeded).toList();
        others.record(claim, results, workshop.clock.instant());
        others.giveBack(claim, false, workshop.clock.instant());
    }

    private void readAsAnother() {
        BatchJobs others = another();
        Claim source = others.claimSource(job(others), workshop.clock.instant()).orElseThrow();
        List<NewItem> found = List.of(NewItem.of(new ObjectKey("raw/p/a")));
        assertThat(others.enumerated(source, FoundItems.of(found, "x"), workshop.clock.instant()))
                .isTrue();
        others.enumeratedAll(source, Optional.empty(), workshop.clock.instant());
    }

    private ItemResult succeeded(JobItem item) {
        return new ItemResult(
                item.number(), 1, ItemState.SUCCEEDED, 0, Optional.empty(), Optional.empty(), workshop.clock.instant());
    }
}
