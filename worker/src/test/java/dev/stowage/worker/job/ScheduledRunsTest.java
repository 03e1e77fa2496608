package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.POLICY;
import static dev.stowage.worker.job.JobBench.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.batch.ScheduledRuns;
import dev.stowage.core.batch.Schedules;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.testkit.InMemorySchedules;
import dev.stowage.worker.cron.CronTimetables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When schedules submit jobs. The clock starts at 2025-01-01, noon UTC. */
class ScheduledRunsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final JobBench bench = new JobBench();
    private final LosingSchedules records = new LosingSchedules();
    private final Map<String, Principal> principals = new HashMap<>();
    private final Schedules schedules =
            new Schedules(records, new CronTimetables(), bench.clients(), POLICY, 3, bench.clock);
    private final ScheduledRuns runs = new ScheduledRuns(
            records,
            new CronTimetables(),
            bench.jobs,
            bench.clients(),
            id -> Optional.ofNullable(principals.get(id)),
            bench.clock);

    @Test
    void eachTime_submitsOneJob() {
        JobSchedule hourly = create("0 * * * *", false);

        assertThat(runs.isDue()).isFalse();
        bench.clock.advance(HOUR);
        assertThat(runs.isDue()).isTrue();
        assertThat(runs.submitDue()).isEqualTo(1);
        assertThat(runs.submitDue()).isZero();
        finishAll();
        bench.clock.advance(HOUR);
        assertThat(runs.submitDue()).isEqualTo(1);

        JobSchedule now = show(hourly);
        assertThat(jobs()).hasSize(2).contains(now.runs().lastJob().orElseThrow());
        assertThat(now.runs().lastAt()).contains(Instant.parse("2025-01-01T14:00:00Z"));
        assertThat(now.runs().nextAt()).contains(Instant.parse("2025-01-01T15:00:00Z"));
        assertThat(now.runs().missed()).isZero();
    }

    @Test
    void timesWithoutAWorker_areCaughtUpOnce_andTheOthersAreMissed() {
        JobSchedule hourly = create("0 * * * *", false);
        bench.clock.advance(Duration.ofMinutes(5 * 60 + 30));

        assertThat(runs.submitDue()).isEqualTo(1);

        assertThat(jobs()).hasSize(1);
        assertThat(show(hourly).runs().lastAt()).contains(Instant.parse("2025-01-01T17:00:00Z"));
        assertThat(show(hourly).runs().nextAt()).contains(Instant.parse("2025-01-01T18:00:00Z"));
        assertThat(show(hourly).runs().missed()).isEqualTo(4);
    }

    @Test
    void aYearWithoutAWorker_isCaughtUpOnce() {
        JobSchedule minutes = create("* * * * *", false);
        bench.clock.advance(Duration.ofDays(365));

        assertThat(runs.submitDue()).isEqualTo(1);
        assertThat(runs.submitDue()).isZero();

        assertThat(show(minutes).runs().missed()).isGreaterThanOrEqualTo(10_000);
        assertThat(show(minutes).runs().nextAt().orElseThrow()).isAfter(bench.clock.instant());
    }

    @Test
    void whileTheLastJobRuns_timesAreSkipped_unlessOverlapsAreAllowed() {
        JobSchedule skips = create("0 * * * *", false);
        JobSchedule overlaps = create("0 * * * *", true);
        bench.clock.advance(HOUR);
        assertThat(runs.submitDue()).isEqualTo(2);
        bench.clock.advance(HOUR);

        assertThat(runs.submitDue()).isEqualTo(1);

        assertThat(show(skips).runs().missed()).isEqualTo(1);
        assertThat(show(skips).runs().lastAt()).contains(Instant.parse("2025-01-01T13:00:00Z"));
        assertThat(show(overlaps).runs().missed()).isZero();
        finishAll();
        bench.clock.advance(HOUR);
        assertThat(runs.submitDue()).isEqualTo(2);
    }

    /** At every step: the record of the beginning, the submission, and the record of the job. */
    @Test
    void afterACrashAtAnyStep_eachRunHasOneJob() {
        for (int step = 1; step <= 2; step++) {
            JobSchedule hourly = create("0 * * * *", true);
            int before = jobs().size();
            bench.clock.advance(HOUR);
            records.failures = step;
            assertThatThrownBy(runs::submitDue).isInstanceOf(StorageUnavailable.class);

            bench.clock.advance(Duration.ofHours(2));
            records.failures = 0;
            int submitted = runs.submitDue() + runs.submitDue();

            int expected = step == 1 ? 1 : 2;
            assertThat(jobs().size() - before).as("step %s", step).isEqualTo(expected);
            assertThat(submitted).isEqualTo(expected);
            assertThat(show(hourly).runs().begunAt()).isEmpty();
            schedules.delete(Principal.ANYONE, hourly.id());
        }
    }

    @Test
    void rightsAreThoseOfTheOwnerAtTheTime_andARefusedRunIsMissed() {
        Principal owner = principal(Action.JOBS, Action.READ);
        JobSchedule hourly = schedules.create(owner, "n", "0 * * * *", "UTC", false, verify());
        principals.put("key:o", principal(Action.JOBS));
        bench.clock.advance(HOUR);

        assertThat(runs.submitDue()).isZero();

        JobSchedule refused = schedules.get(owner, hourly.id());
        assertThat(refused.runs().missed()).isEqualTo(1);
        assertThat(refused.runs().error().map(JobFailure::error)).contains("AccessDenied");
        assertThat(refused.enabled()).isTrue();
        principals.put("key:o", owner);
        bench.clock.advance(HOUR);
        assertThat(runs.submitDue()).isEqualTo(1);
        JobSchedule again = schedules.get(owner, hourly.id());
        assertThat(again.runs().error()).isEmpty();
        JobId job = again.runs().lastJob().orElseThrow();
        assertThat(bench.status(job).job().owner()).contains("key:o");
    }

    @Test
    void disabledTimes_areNeitherRunNorMissed() {
        JobSchedule hourly = create("0 * * * *", false);
        JobSchedule disabled = schedules.enable(Principal.ANYONE, hourly.id(), false);
        assertThat(disabled.enabled()).isFalse();
        bench.clock.advance(Duration.ofHours(3));
        assertThat(runs.submitDue()).isZero();

        JobSchedule enabled = schedules.enable(Principal.ANYONE, hourly.id(), true);

        assertThat(enabled.runs().nextAt()).contains(Instant.parse("2025-01-01T16:00:00Z"));
        assertThat(enabled.runs().missed()).isZero();
        assertThat(runs.submitDue()).isZero();
    }

    @Test
    void schedules_areTheirOwnersAlone_andLimited() {
        JobSchedule first = create("0 * * * *", false);
        JobSchedule second = create("0 * * * *", false);
        JobSchedule third = create("0 * * * *", false);
        Principal other = principal(Action.JOBS, Action.READ);

        assertThatThrownBy(() -> create("0 * * * *", false)).isInstanceOf(TooManyOpen.class);
        assertThatThrownBy(() -> schedules.get(other, first.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> schedules.enable(other, first.id(), false)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> schedules.delete(other, first.id())).isInstanceOf(NotFound.class);
        assertThat(schedules.list(other, 10, Optional.empty()).items()).isEmpty();
        Page<JobSchedule, Long> page = schedules.list(Principal.ANYONE, 2, Optional.empty());
        assertThat(page.items()).extracting(JobSchedule::id).containsExactly(first.id(), second.id());
        assertThat(schedules
                        .list(Principal.ANYONE, 2, page.next().map(String::valueOf))
                        .items())
                .extracting(JobSchedule::id)
                .containsExactly(third.id());
    }

    @Test
    void impossibleSchedules_areRefused_withTheField() {
        refused("cron", () -> create("0 0 30 2 *", false));
        refused("time_zone", () -> schedules.create(Principal.ANYONE, "n", "0 * * * *", "Mars/Base", false, verify()));
        refused("name", () -> schedules.create(Principal.ANYONE, " ", "0 * * * *", "UTC", false, verify()));
        refused(
                "operation",
                () -> schedules.create(
                        Principal.ANYONE,
                        "n",
                        "0 * * * *",
                        "UTC",
                        false,
                        new JobSpec("frobnicate", prefix("raw/p/"), JobTarget.NONE, JobOptions.DEFAULT)));
    }

    private void refused(String field, Runnable creation) {
        assertThatThrownBy(creation::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", field));
    }

    private JobSchedule create(String cron, boolean overlaps) {
        return schedules.create(Principal.ANYONE, "n", cron, "UTC", overlaps, verify());
    }

    private static JobSpec verify() {
        return new JobSpec("verify", prefix("raw/p/"), JobTarget.NONE, JobOptions.DEFAULT);
    }

    private JobSchedule show(JobSchedule schedule) {
        return schedules.get(Principal.ANYONE, schedule.id());
    }

    private List<JobId> jobs() {
        return bench.jobs.list(JobFilter.ALL, 1000, Optional.empty()).items().stream()
                .map(status -> status.job().id())
                .toList();
    }

    private void finishAll() {
        bench.run();
    }

    private static Principal principal(Action... actions) {
        return Principal.of("key:o", "o", new Rights(Set.of(new Scope.Everything()), Set.of(actions)));
    }

    /** Schedules whose changes fail from one of them on. */
    private static final class LosingSchedules implements JobSchedules {

        private final JobSchedules records = new InMemorySchedules();
        /** Which change is the first to fail; 0 for none. */
        private int failures;

        @Override
        public void add(JobSchedule schedule, int max) {
            records.add(schedule, max);
        }

        @Override
        public Optional<JobSchedule> find(String id) {
            return records.find(id);
        }

        @Override
        public Page<JobSchedule, Long> list(Optional<String> owner, int max, long after) {
            return records.list(owner, max, after);
        }

        @Override
        public List<JobSchedule> due(Instant now, int max) {
            return records.due(now, max);
        }

        @Override
        public boolean change(JobSchedule from, JobSchedule to) {
            if (failures > 0 && --failures == 0) {
                failures = 1;
                throw new StorageUnavailable("The process ended", null);
            }
            return records.change(from, to);
        }

        @Override
        public void remove(String id) {
            records.remove(id);
        }
    }
}
