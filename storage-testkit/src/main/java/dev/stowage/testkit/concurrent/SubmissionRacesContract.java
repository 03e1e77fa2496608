package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.testkit.Race;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link BatchJobs} that processes share, for submissions: one job for a key, and no more than the limits allow. */
public abstract class SubmissionRacesContract extends SharedRecordContract {

    private static final JobLimits UNLIMITED = JobLimits.NONE;

    @Test
    void oneIdempotencyKey_isOneJob() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String owner = "owner-" + round;
            Optional<Idempotency> key = idempotency(owner, "k", "f");
            List<Callable<JobId>> racers = IntStream.range(0, 4)
                    .mapToObj(i -> (Callable<JobId>) () -> process(i)
                            .submit(job(owner), key, items(2), UNLIMITED)
                            .job()
                            .id())
                    .toList();

            List<JobId> ids = Race.run(racers);

            assertThat(ids).containsOnly(ids.get(0));
            assertThat(jobsOf(owner)).isEqualTo(1);
            assertThat(mine.jobs().items(ids.get(0), Optional.empty(), 10, 0).items())
                    .hasSize(2);
        }
    }

    @Test
    void oneIdempotencyKey_forTwoDifferentJobs_isRejectedForOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String owner = "owner-" + round;

            List<Boolean> results = race(
                    () -> isSubmitted(mine.jobs(), owner, idempotency(owner, "k", "one"), UNLIMITED),
                    () -> isSubmitted(other.jobs(), owner, idempotency(owner, "k", "two"), UNLIMITED));

            assertThat(results).containsExactlyInAnyOrder(true, false);
            assertThat(jobsOf(owner)).isEqualTo(1);
        }
    }

    @Test
    void idempotencyKey_ofTwoOwners_isTwoJobs() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String one = "one-" + round;
            String two = "two-" + round;

            List<Boolean> results = race(
                    () -> isSubmitted(mine.jobs(), one, idempotency(one, "k", "f"), UNLIMITED),
                    () -> isSubmitted(other.jobs(), two, idempotency(two, "k", "f"), UNLIMITED));

            assertThat(results).containsOnly(true);
        }
    }

    @Test
    void submissions_neverExceedTheLimitOfOpenJobs() throws Exception {
        assertLimited(new JobLimits(3, 100, Long.MAX_VALUE), 3, false);
    }

    @Test
    void submissions_neverExceedTheLimitOfItems() throws Exception {
        assertLimited(new JobLimits(100, 100, 5), 2, false);
    }

    @Test
    void submissions_neverExceedTheLimitOfIdempotencyKeys() throws Exception {
        assertLimited(new JobLimits(100, 3, Long.MAX_VALUE), 3, true);
    }

    private void assertLimited(JobLimits limits, int allowed, boolean keyed) throws Exception {
        for (int round = 0; round < record.rounds() / 2 + 1; round++) {
            String owner = "owner-" + round;
            List<Callable<Boolean>> racers = IntStream.range(0, 6)
                    .mapToObj(i -> (Callable<Boolean>) () -> isSubmitted(
                            process(i), owner, keyed ? idempotency(owner, "k" + i, "f") : Optional.empty(), limits))
                    .toList();

            assertThat(Race.run(racers)).filteredOn(won -> won).hasSize(allowed);
            assertThat(jobsOf(owner)).isEqualTo(allowed);
        }
    }

    @Test
    void foundItems_ofTwoJobs_neverExceedTheLimit() throws Exception {
        JobLimits limits = new JobLimits(100, 100, 10);
        for (int round = 0; round < record.rounds(); round++) {
            String owner = "owner-" + round;
            Claim first = source(mine.jobs(), owner, limits);
            Claim second = source(other.jobs(), owner, limits);

            List<Integer> found =
                    race(() -> enumerate(mine.jobs(), first, limits), () -> enumerate(other.jobs(), second, limits));

            // Three more would be twelve.
            assertThat(found.get(0) + found.get(1)).isEqualTo(9);
            assertThat(total(first) + total(second)).isEqualTo(9);
        }
    }

    @Test
    void foundItems_againstSubmissions_neverExceedTheLimit() throws Exception {
        JobLimits limits = new JobLimits(100, 100, 4);
        for (int round = 0; round < record.rounds(); round++) {
            String owner = "owner-" + round;
            Claim source = source(mine.jobs(), owner, limits);

            List<Integer> found = race(
                    () -> enumerate(mine.jobs(), source, limits),
                    () -> isSubmitted(other.jobs(), owner, Optional.empty(), limits) ? 2 : 0);

            assertThat(found.get(0) + found.get(1)).isIn(2, 3);
        }
    }

    @Test
    void reopening_againstASubmission_respectsTheLimit() throws Exception {
        JobLimits limits = new JobLimits(1, 100, Long.MAX_VALUE);
        for (int round = 0; round < record.rounds(); round++) {
            String owner = "owner-" + round;
            BatchJob open = mine.jobs()
                    .submit(job(owner), Optional.empty(), items(1), limits)
                    .job();
            BatchJob ended = open.to(JobState.CANCELLED, NOW);
            assertThat(mine.jobs().change(open, ended)).isTrue();

            List<Boolean> results = race(
                    () -> isReopened(mine.jobs(), ended, limits),
                    () -> isSubmitted(other.jobs(), owner, Optional.empty(), limits));

            assertThat(results).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void reopening_againstARemoval_hasOneWinner() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            BatchJob open = mine.jobs()
                    .submit(job("owner"), Optional.empty(), items(1), UNLIMITED)
                    .job();
            BatchJob ended = open.to(JobState.CANCELLED, NOW);
            assertThat(mine.jobs().change(open, ended)).isTrue();

            List<Boolean> results = race(() -> isReopened(mine.jobs(), ended, UNLIMITED), () -> {
                other.jobs().remove(open.id());
                return true;
            });

            assertThat(mine.jobs().find(open.id()).isPresent()).isEqualTo(results.get(0));
            assertThat(other.jobs().claim(open.id(), 1, NOW).isPresent()).isEqualTo(results.get(0));
        }
    }

    @Test
    void submissions_areNumberedInOrder() throws Exception {
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    for (int round = 0; round < record.rounds(); round++) {
                        process(i).submit(job("owner"), Optional.empty(), items(1), UNLIMITED);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertThat(jobsOf("owner")).isEqualTo(4 * record.rounds());
    }

    private BatchJobs process(int racer) {
        return racer % 2 == 0 ? mine.jobs() : other.jobs();
    }

    private static boolean isSubmitted(
            BatchJobs jobs, String owner, Optional<Idempotency> idempotency, JobLimits limits) {
        try {
            return jobs.submit(job(owner), idempotency, items(2), limits).job().state() == JobState.QUEUED;
        } catch (TooManyOpen e) {
            return false;
        } catch (InvalidInput e) {
            assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
            return false;
        }
    }

    private static boolean isReopened(BatchJobs jobs, BatchJob ended, JobLimits limits) {
        try {
            return jobs.change(ended, ended.to(JobState.QUEUED, NOW), limits);
        } catch (TooManyOpen e) {
            return false;
        }
    }

    private static Claim source(BatchJobs jobs, String owner, JobLimits limits) {
        JobSource manifest = new JobSource.Manifest(key("manifest"));
        JobSpec spec = new JobSpec("delete", manifest, JobTarget.NONE, JobOptions.DEFAULT);
        BatchJob job = BatchJob.queued(JobId.random(), Optional.of(owner), spec, NOW);
        JobId id = jobs.submit(job, Optional.empty(), List.of(), limits).job().id();
        return jobs.claimSource(id, NOW).orElseThrow();
    }

    /** Finds three items at a time until they are too many; returns how many were found. */
    private static int enumerate(BatchJobs jobs, Claim source, JobLimits limits) {
        int found = 0;
        try {
            while (found < 30) {
                List<NewItem> items = IntStream.range(found, found + 3)
                        .mapToObj(i -> NewItem.of(key("found-" + i)))
                        .toList();
                assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items, "at " + found), limits, NOW))
                        .isTrue();
                found += 3;
            }
        } catch (TooManyOpen full) {
            return found;
        }
        return found;
    }

    private int total(Claim claim) {
        return (int) mine.jobs().find(claim.job().id()).orElseThrow().progress().total();
    }

    private int jobsOf(String owner) {
        return mine.jobs()
                .list(new JobFilter(Optional.of(owner), Optional.empty(), Optional.empty()), 1000, Optional.empty())
                .items()
                .size();
    }

    private static Optional<Idempotency> idempotency(String owner, String key, String fingerprint) {
        return Optional.of(Idempotency.of(Optional.of(owner), key, fingerprint));
    }

    private static BatchJob job(String owner) {
        JobSource keys = new JobSource.Keys(List.of(key("0")), 1);
        JobSpec spec = new JobSpec("delete", keys, JobTarget.NONE, JobOptions.DEFAULT);
        return BatchJob.queued(JobId.random(), Optional.of(owner), spec, NOW);
    }

    private static List<NewItem> items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewItem.of(key(String.valueOf(i))))
                .toList();
    }
}
