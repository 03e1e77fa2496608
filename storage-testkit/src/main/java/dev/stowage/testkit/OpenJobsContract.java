package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link dev.stowage.core.port.records.BatchJobs} for owners: all are served, and their jobs are limited. */
abstract class OpenJobsContract extends LostClaimsContract {

    private JobId submitFor(String owner, int priority, JobLimits limits) {
        return jobs.submit(job(owner, priority), Optional.empty(), items(1), limits)
                .job()
                .id();
    }

    private static BatchJob job(String owner, int priority) {
        JobOptions options = new JobOptions(false, false, 5, 8, priority, Optional.empty());
        return BatchJob.queued(JobId.random(), Optional.of(owner), job(options).spec(), NOW);
    }

    private static List<String> owners(Page<BatchJobs.OpenJob, String> open) {
        return open.items().stream()
                .map(job -> job.job().owner().orElse(""))
                .distinct()
                .toList();
    }

    @Test
    void open_includesEachOwner_howeverManyJobsOneHas() {
        for (int i = 0; i < 205; i++) {
            submitFor("many", 100, JobLimits.NONE);
        }
        submitFor("few", -100, JobLimits.NONE);
        submit(1);

        Page<BatchJobs.OpenJob, String> first = jobs.open(Optional.empty(), 2, 3, NOW);
        Page<BatchJobs.OpenJob, String> second = jobs.open(first.next(), 2, 3, NOW);

        assertThat(owners(first)).containsExactly("", "few");
        assertThat(owners(second)).containsExactly("many");
        assertThat(second.items()).hasSize(3);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void open_skipsJobsWithNothingToClaim() {
        JobId busy = submitFor("one", 5, JobLimits.NONE);
        JobId free = submitFor("one", 0, JobLimits.NONE);
        Claim claim = jobs.claim(busy, 1, NOW).orElseThrow();

        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).items())
                .extracting(open -> open.job().id())
                .containsExactly(free);
        jobs.giveBack(claim, false, NOW);
        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).items())
                .extracting(open -> open.job().id())
                .containsExactly(busy);
        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).items()).allMatch(BatchJobs.OpenJob::claimable);
    }

    @Test
    void submit_beyondTheLimitOfOpenJobs_isRejected_untilOneEnds() {
        JobLimits limits = new JobLimits(2, 100, Long.MAX_VALUE);
        JobId first = submitFor("one", 0, limits);
        BatchJob second = jobs.find(submitFor("one", 0, limits)).orElseThrow().job();
        assertThat(jobs.change(second, second.to(JobState.PAUSED, NOW))).isTrue();

        assertThatThrownBy(() -> submitFor("one", 0, limits))
                .isInstanceOf(TooManyOpen.class)
                .hasMessageContaining("cancel");
        assertThatCode(() -> submitFor("two", 0, limits)).doesNotThrowAnyException();
        cancel(first);
        assertThatCode(() -> submitFor("one", 0, limits)).doesNotThrowAnyException();
    }

    @Test
    void submit_concurrently_respectsTheLimitOfJobs() throws Exception {
        JobLimits limits = new JobLimits(3, 100, Long.MAX_VALUE);
        Callable<Boolean> submission = () -> {
            try {
                submitFor("one", 0, limits);
                return true;
            } catch (TooManyOpen e) {
                return false;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Boolean> taken = new ArrayList<>();
        for (Future<Boolean> future : threads.invokeAll(Collections.nCopies(16, submission))) {
            taken.add(future.get());
        }
        threads.shutdown();

        assertThat(taken).filteredOn(Boolean::booleanValue).hasSize(3);
    }

    @Test
    void change_reopeningAFinishedJob_respectsTheLimitOfJobs() {
        JobLimits limits = new JobLimits(1, 100, Long.MAX_VALUE);
        JobId id = submitFor("one", 0, limits);
        Claim claim = jobs.claim(id, 1, NOW).orElseThrow();
        jobs.record(claim, List.of(failed(1)), NOW);
        JobId other = submitFor("one", 0, limits);
        BatchJob ended = jobs.find(id).orElseThrow().job();

        assertThatThrownBy(() -> jobs.change(ended, ended.to(JobState.QUEUED, NOW), limits))
                .isInstanceOf(TooManyOpen.class);
        cancel(other);
        assertThat(jobs.change(ended, ended.to(JobState.QUEUED, NOW), limits)).isTrue();
    }

    @Test
    void submit_beyondTheLimitOfIdempotencyKeys_isRejected_butNotARepetition() {
        JobLimits limits = new JobLimits(100, 1, Long.MAX_VALUE);
        Optional<Idempotency> key = Optional.of(Idempotency.of(Optional.of("one"), "k1", "f"));
        Optional<Idempotency> another = Optional.of(Idempotency.of(Optional.of("one"), "k2", "f"));
        JobId first = jobs.submit(job("one", 0), key, items(1), limits).job().id();

        assertThatThrownBy(() -> jobs.submit(job("one", 0), another, items(1), limits))
                .isInstanceOf(TooManyOpen.class);
        assertThat(jobs.submit(job("one", 0), key, items(1), limits).job().id()).isEqualTo(first);
        assertThatCode(() -> submitFor("one", 0, limits)).doesNotThrowAnyException();
    }

    @Test
    void submit_beyondTheLimitOfItems_isRejected_untilOneEnds() {
        JobLimits limits = new JobLimits(100, 100, 5);
        JobId first = jobs.submit(job("one", 0), Optional.empty(), items(1, 2, 3), limits)
                .job()
                .id();

        assertThatThrownBy(() -> jobs.submit(job("one", 0), Optional.empty(), items(1, 2, 3), limits))
                .isInstanceOf(TooManyOpen.class)
                .hasMessageContaining("5 files")
                .hasMessageContaining("cancel");
        assertThatCode(() -> jobs.submit(job("two", 0), Optional.empty(), items(1, 2, 3), limits))
                .doesNotThrowAnyException();
        jobs.submit(job("one", 0), Optional.empty(), items(1, 2), limits);
        assertThatThrownBy(() -> jobs.submit(fromPrefix("one"), Optional.empty(), List.of(), limits))
                .isInstanceOf(TooManyOpen.class);
        cancel(first);
        assertThatCode(() -> jobs.submit(fromPrefix("one"), Optional.empty(), List.of(), limits))
                .doesNotThrowAnyException();
    }

    @Test
    void submit_concurrently_respectsTheLimitOfItems() throws Exception {
        JobLimits limits = new JobLimits(100, 100, 10);
        Callable<Boolean> submission = () -> {
            try {
                jobs.submit(job("one", 0), Optional.empty(), items(1, 2, 3), limits);
                return true;
            } catch (TooManyOpen e) {
                return false;
            }
        };

        assertThat(Race.run(Collections.nCopies(12, submission)))
                .filteredOn(Boolean::booleanValue)
                .hasSize(3);
    }

    @Test
    void enumerated_beyondTheLimitOfItems_recordsNothing_andCanBeRepeated() {
        JobLimits limits = new JobLimits(100, 100, 5);
        JobId other = jobs.submit(job("one", 0), Optional.empty(), items(1, 2), limits)
                .job()
                .id();
        JobId id = jobs.submit(fromManifest("one"), Optional.empty(), List.of(), limits)
                .job()
                .id();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2), "a"), limits, NOW))
                .isTrue();

        assertThatThrownBy(() -> jobs.enumerated(source, BatchJobs.FoundItems.of(items(3, 4), "b"), limits, NOW))
                .isInstanceOf(TooManyOpen.class)
                .hasMessageContaining("retry");
        assertThat(jobs.find(id).orElseThrow().progress().total()).isEqualTo(2);
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(List.of(), "a2"), limits, NOW))
                .isTrue();
        cancel(other);
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(3, 4), "b"), limits, NOW))
                .isTrue();
        assertThat(jobs.find(id).orElseThrow().progress().total()).isEqualTo(4);
    }

    @Test
    void enumerated_ofKnownKeys_addsNoItems() {
        JobLimits limits = new JobLimits(100, 100, 2);
        JobId id = jobs.submit(fromManifest("one"), Optional.empty(), List.of(), limits)
                .job()
                .id();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();

        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2, 1), "a"), limits, NOW))
                .isTrue();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(2, 1), "b"), limits, NOW))
                .isTrue();
    }

    @Test
    void change_reopeningAFinishedJob_respectsTheLimitOfItems() {
        JobLimits limits = new JobLimits(100, 100, 3);
        JobId id = jobs.submit(job("one", 0), Optional.empty(), items(1, 2), limits)
                .job()
                .id();
        Claim claim = jobs.claim(id, 2, NOW).orElseThrow();
        jobs.record(claim, List.of(failed(1), failed(2)), NOW);
        JobId other = jobs.submit(job("one", 0), Optional.empty(), items(1, 2), limits)
                .job()
                .id();
        BatchJob ended = jobs.find(id).orElseThrow().job();

        assertThatThrownBy(() -> jobs.change(ended, ended.to(JobState.QUEUED, NOW), limits))
                .isInstanceOf(TooManyOpen.class);
        cancel(other);
        assertThat(jobs.change(ended, ended.to(JobState.QUEUED, NOW), limits)).isTrue();
    }

    private static BatchJob fromPrefix(String owner) {
        return from(owner, new JobSource.Prefix(new KeyPrefix("raw/p/")));
    }

    private static BatchJob fromManifest(String owner) {
        return from(owner, new JobSource.Manifest(new ObjectKey("raw/m/list")));
    }

    private static BatchJob from(String owner, JobSource source) {
        BatchJob job = job(owner, 0);
        JobSpec spec = job.spec();
        return BatchJob.queued(
                job.id(), job.owner(), new JobSpec(spec.operation(), source, spec.target(), spec.options()), NOW);
    }

    @Test
    void prune_keepsTheNewestFinishedJobsOfEachOwner() {
        JobId oldest = ended("one", 3, 1);
        JobId older = ended("one", 2, 2);
        JobId newer = ended("one", 2, 3);
        JobId open = submitFor("one", 0, JobLimits.NONE);
        JobId large = ended("two", 9, 1);

        boolean more = true;
        while (more) {
            more = jobs.prune(NOW, 4);
        }

        assertThat(jobs.find(oldest)).isEmpty();
        assertThat(List.of(older, newer, open, large))
                .allMatch(id -> jobs.find(id).isPresent());
    }

    private JobId ended(String owner, int items, int second) {
        JobId id = jobs.submit(
                        job(owner, 0),
                        Optional.empty(),
                        items(IntStream.rangeClosed(1, items).toArray()))
                .job()
                .id();
        BatchJob job = jobs.find(id).orElseThrow().job();
        assertThat(jobs.change(job, job.to(JobState.CANCELLED, NOW.plusSeconds(second))))
                .isTrue();
        return id;
    }
}
