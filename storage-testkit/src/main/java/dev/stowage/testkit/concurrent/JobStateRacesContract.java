package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.port.records.BatchJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of every {@link BatchJobs} that processes share, for changes of a job's state while items are claimed and recorded. */
public abstract class JobStateRacesContract extends JobRacesContract {

    @Test
    void retriesByTwo_againstClaims_runEachFailedItemOnce() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(4, 8);
            Claim first = mine.jobs().claim(id, 4, NOW).orElseThrow();
            mine.jobs().record(first, List.of(failed(1), failed(2), failed(3), succeeded(4)), NOW);
            mine.jobs().giveBack(first, false, NOW);

            List<Object> results = race(
                    () -> retry(mine.jobs(), id),
                    () -> retry(other.jobs(), id),
                    () -> workOffAgain(other.jobs(), id, 3));

            assertThat(results.subList(0, 2)).containsExactlyInAnyOrder(true, false);
            assertThat((List<?>) results.get(2)).hasSize(3).doesNotHaveDuplicates();
            assertExact(id, new JobProgress(4, true, 4, 0, 0, 0, 4 * BYTES, 0));
            assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        }
    }

    /** Does what a request to retry does; returns whether this one queued the job. */
    private static boolean retry(BatchJobs jobs, JobId id) {
        int reopened = 1;
        while (reopened > 0) {
            reopened = jobs.reopen(id);
        }
        BatchJob job = jobs.find(id).orElseThrow().job();
        return job.state() == JobState.PARTIALLY_FAILED && jobs.change(job, job.to(JobState.QUEUED, NOW));
    }

    /** Claims and records until it had so many items. */
    private static List<Long> workOffAgain(BatchJobs jobs, JobId id, int count) {
        List<Long> all = new ArrayList<>();
        while (isRacing() && all.size() < count) {
            jobs.claim(id, 2, NOW).ifPresent(claim -> {
                List<Long> numbers = claim.items().stream().map(JobItem::number).toList();
                all.addAll(numbers);
                jobs.record(claim, results(numbers), NOW);
                jobs.giveBack(claim, false, NOW);
            });
        }
        return all;
    }

    @Test
    void reopen_neverResetsItemsOfAnActiveJob() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(3, 8);
            Claim first = mine.jobs().claim(id, 2, NOW).orElseThrow();
            mine.jobs().record(first, List.of(failed(1), failed(2)), NOW);
            BatchJob running = mine.jobs().find(id).orElseThrow().job();
            BatchJob cancelled = running.to(JobState.CANCELLED, NOW);
            assertThat(mine.jobs().change(running, cancelled)).isTrue();

            List<Integer> reset = race(
                    () -> other.jobs().reopen(id),
                    () -> mine.jobs().change(cancelled, cancelled.to(JobState.QUEUED, NOW)) ? 1 : 0);

            assertThat(reset.get(0)).isIn(0, 2);
            assertThat(reset.get(1)).isEqualTo(1);
            assertExact(id, new JobProgress(3, true, 0, 2 - reset.get(0), 0, 0, 0, 0));
            assertThat(other.jobs().reopen(id)).isZero();
        }
    }

    @Test
    void pause_againstClaims_holds() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(4, 8);

            List<Boolean> results = race(() -> pause(other.jobs(), id), () -> {
                Optional<Claim> first = mine.jobs().claim(id, 1, NOW);
                Optional<Claim> second = mine.jobs().claim(id, 1, NOW);
                return second.isEmpty() || first.isPresent();
            });

            assertThat(results).containsOnly(true);
            assertThat(state(id)).isEqualTo(JobState.PAUSED);
            assertThat(mine.jobs().claim(id, 1, NOW)).isEmpty();
        }
    }

    private static boolean pause(BatchJobs jobs, JobId id) {
        boolean paused = false;
        while (isRacing() && !paused) {
            BatchJob job = jobs.find(id).orElseThrow().job();
            paused = jobs.change(job, job.to(JobState.PAUSED, NOW));
        }
        return jobs.claim(id, 1, NOW).isEmpty();
    }

    @Test
    void cancellation_againstTheEnumeration_recordsNothingAfterIt() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(new JobSource.Manifest(key("manifest")), JobOptions.DEFAULT);
            Claim source = other.jobs().claimSource(id, NOW).orElseThrow();
            BatchJob running = mine.jobs().find(id).orElseThrow().job();

            List<Long> counts = race(
                    () -> {
                        long found = 0;
                        while (found < 8
                                && other.jobs()
                                        .enumerated(
                                                source,
                                                BatchJobs.FoundItems.of(
                                                        items((int) found + 1, (int) found + 2), "at " + found),
                                                NOW)) {
                            found += 2;
                        }
                        return found;
                    },
                    () -> {
                        assertThat(mine.jobs().change(running, running.to(JobState.CANCELLED, NOW)))
                                .isTrue();
                        return mine.jobs().find(id).orElseThrow().progress().total();
                    });

            assertThat(mine.jobs().find(id).orElseThrow().progress().total()).isEqualTo(counts.get(1));
            assertThat(records(id)).hasSize((int) (long) counts.get(1));
            assertThat(counts.get(0)).isEqualTo(counts.get(1));
        }
    }

    @Test
    void cancellation_againstTheLastResult_hasOneWinner() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(1, 8);
            Claim claim = other.jobs().claim(id, 1, NOW).orElseThrow();
            BatchJob running = mine.jobs().find(id).orElseThrow().job();

            List<Boolean> results = race(
                    () -> {
                        other.jobs().record(claim, results(List.of(1L)), NOW);
                        return true;
                    },
                    () -> mine.jobs().change(running, running.to(JobState.CANCELLED, NOW)));

            assertThat(state(id)).isEqualTo(results.get(1) ? JobState.CANCELLED : JobState.SUCCEEDED);
            assertExact(id, new JobProgress(1, true, 1, 0, 0, 0, BYTES, 0));
        }
    }
}
