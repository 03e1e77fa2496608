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
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.job.OpenJobs;
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

/** What every {@link dev.stowage.core.port.BatchJobs} promises to owners: that each has a turn, and how many jobs one may have. */
abstract class JobTurnsContract extends LostClaimsContract {

    private JobId submitFor(String owner, int priority, JobLimits limits) {
        return jobs.submit(job(owner, priority), Optional.empty(), items(1), limits)
                .job()
                .id();
    }

    private static BatchJob job(String owner, int priority) {
        JobOptions options = new JobOptions(false, false, 5, 8, priority, Optional.empty());
        return BatchJob.queued(JobId.random(), Optional.of(owner), job(options).spec(), NOW);
    }

    private static List<String> owners(OpenJobs open) {
        return open.jobs().stream()
                .map(job -> job.job().owner().orElse(""))
                .distinct()
                .toList();
    }

    @Test
    void open_looksAtEachOwner_howeverManyJobsOneHas() {
        for (int i = 0; i < 205; i++) {
            submitFor("many", 100, JobLimits.NONE);
        }
        submitFor("few", -100, JobLimits.NONE);
        submit(1);

        OpenJobs first = jobs.open(Optional.empty(), 2, 3, NOW);
        OpenJobs second = jobs.open(first.next(), 2, 3, NOW);

        assertThat(owners(first)).containsExactly("", "few");
        assertThat(owners(second)).containsExactly("many");
        assertThat(second.jobs()).hasSize(3);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void open_passesOverJobsOfWhichNothingCanBeClaimed() {
        JobId busy = submitFor("one", 5, JobLimits.NONE);
        JobId free = submitFor("one", 0, JobLimits.NONE);
        Claim claim = jobs.claim(busy, 1, NOW).orElseThrow();

        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).jobs())
                .extracting(open -> open.job().id())
                .containsExactly(free);
        jobs.giveBack(claim, false, NOW);
        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).jobs())
                .extracting(open -> open.job().id())
                .containsExactly(busy);
        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).jobs()).allMatch(OpenJob::claimable);
    }

    @Test
    void submit_beyondTheOpenJobsOfAnOwner_isRefused_untilOneEnds() {
        JobLimits limits = new JobLimits(2, 100);
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
    void submit_ofManyAtOnce_keepsToTheLimit() throws Exception {
        JobLimits limits = new JobLimits(3, 100);
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
    void change_thatReopensAFinishedJob_keepsToTheLimit() {
        JobLimits limits = new JobLimits(1, 100);
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
    void submit_beyondTheIdempotencyKeysOfAnOwner_isRefused_butNotARepetition() {
        JobLimits limits = new JobLimits(100, 1);
        Optional<Idempotency> key = Optional.of(Idempotency.of(Optional.of("one"), "k1", "f"));
        Optional<Idempotency> another = Optional.of(Idempotency.of(Optional.of("one"), "k2", "f"));
        JobId first = jobs.submit(job("one", 0), key, items(1), limits).job().id();

        assertThatThrownBy(() -> jobs.submit(job("one", 0), another, items(1), limits))
                .isInstanceOf(TooManyOpen.class);
        assertThat(jobs.submit(job("one", 0), key, items(1), limits).job().id()).isEqualTo(first);
        assertThatCode(() -> submitFor("one", 0, limits)).doesNotThrowAnyException();
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
