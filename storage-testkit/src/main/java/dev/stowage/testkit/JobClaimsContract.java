package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link BatchJobs} for items: each is processed by one process at a time, and has one result. */
abstract class JobClaimsContract {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final ProcessId OTHER = new ProcessId("other");

    BatchJobs jobs = new InMemoryJobs();
    BatchJobs others = jobs;

    /** The jobs and the leases of one process. */
    public record Member(BatchJobs jobs, Leases leases) {}

    /** Returns the record as seen by a process; the same record throughout a test. */
    protected abstract Member as(ProcessId process);

    @BeforeEach
    void open() {
        Member mine = as(new ProcessId("mine"));
        Member other = as(OTHER);
        mine.leases().beat(NOW, NOW.plusSeconds(1000));
        other.leases().beat(NOW, NOW.plusSeconds(20));
        jobs = mine.jobs();
        others = other.jobs();
    }

    void prune(Instant before) {
        boolean more = true;
        while (more) {
            more = jobs.prune(before, Long.MAX_VALUE);
        }
    }

    static List<Long> claimAll(BatchJobs jobs, JobId id) {
        List<Long> all = new ArrayList<>();
        for (Optional<Claim> claim = jobs.claim(id, 7, NOW); claim.isPresent(); claim = jobs.claim(id, 7, NOW)) {
            List<Long> numbers = numbers(claim.get().items());
            all.addAll(numbers);
            jobs.record(
                    claim.get(),
                    numbers.stream().map(BatchJobsContract::succeeded).toList(),
                    NOW);
            jobs.giveBack(claim.get(), false, NOW);
        }
        return all;
    }

    JobId submit(int count) {
        int[] numbers = IntStream.rangeClosed(1, count).toArray();
        return jobs.submit(job(JobOptions.DEFAULT), Optional.empty(), items(numbers))
                .job()
                .id();
    }

    JobId submitPrefix() {
        return submit(new JobSource.Prefix(new KeyPrefix("raw/p/")));
    }

    JobId submit(JobSource source) {
        JobSpec spec = new JobSpec("delete", source, JobTarget.NONE, JobOptions.DEFAULT);
        return jobs.submit(BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW), Optional.empty(), List.of())
                .job()
                .id();
    }

    /** Submits a job whose items are processed together, with a source that is completely enumerated. */
    JobId submitWhole(NewItem... found) {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(List.of(found), "end"), NOW))
                .isTrue();
        jobs.enumeratedAll(source, Optional.empty(), NOW);
        return id;
    }

    static void restart(BatchJobs jobs, Claim claim) {
        boolean more = true;
        while (more) {
            more = jobs.restart(claim);
        }
    }

    static BatchJob job(JobOptions options) {
        JobSource source = new JobSource.Keys(List.of(key(1)), 1);
        return BatchJob.queued(
                JobId.random(), Optional.empty(), new JobSpec("delete", source, JobTarget.NONE, options), NOW);
    }

    static List<NewItem> items(int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> NewItem.of(key(number))).toList();
    }

    static ObjectKey key(int number) {
        return new ObjectKey("raw/p/" + number);
    }

    static ItemResult succeeded(long number) {
        return new ItemResult(number, 1, ItemState.SUCCEEDED, 10, Optional.empty(), Optional.empty(), NOW);
    }

    static ItemResult failed(long number) {
        return new ItemResult(number, 1, ItemState.FAILED, 0, Optional.of("FileNotFound"), Optional.of("No file"), NOW);
    }

    static ItemResult again(long number, Instant due) {
        return new ItemResult(
                number, 1, ItemState.PENDING, 0, Optional.of("StorageUnavailable"), Optional.of("away"), due);
    }

    void cancel(JobId id) {
        BatchJob job = jobs.find(id).orElseThrow().job();
        assertThat(jobs.change(job, job.to(JobState.CANCELLED, NOW))).isTrue();
    }

    BatchJobs.OpenJob open(JobId id) {
        return allOpen().stream()
                .filter(open -> open.job().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Returns all jobs with work to do. */
    List<BatchJobs.OpenJob> allOpen() {
        return jobs.open(Optional.empty(), 100, 100, NOW).items();
    }

    JobProgress progress(JobId id) {
        return jobs.find(id).orElseThrow().progress();
    }

    JobState state(JobId id) {
        return jobs.find(id).orElseThrow().job().state();
    }

    static List<JobId> ids(Page<JobStatus, Long> page) {
        return page.items().stream().map(status -> status.job().id()).toList();
    }

    static List<Long> claimed(Optional<Claim> claim) {
        return numbers(claim.orElseThrow().items());
    }

    static List<Long> numbers(List<JobItem> items) {
        return items.stream().map(JobItem::number).toList();
    }

    @Test
    void claim_givesEachItemToOneProcess() {
        JobId id = submit(5);

        Claim mine = jobs.claim(id, 3, NOW).orElseThrow();
        Claim theirs = others.claim(id, 3, NOW).orElseThrow();

        assertThat(numbers(mine.items())).containsExactly(1L, 2L, 3L);
        assertThat(numbers(theirs.items())).containsExactly(4L, 5L);
        assertThat(mine.job().state()).isEqualTo(JobState.RUNNING);
        assertThat(jobs.claim(id, 3, NOW)).isEmpty();
        assertThat(allOpen()).isEmpty();
    }

    @Test
    void claim_concurrently_givesEachItemOnce() throws Exception {
        JobId id = submit(200);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<List<Long>>> claimers = List.of(
                () -> claimAll(jobs, id),
                () -> claimAll(jobs, id),
                () -> claimAll(others, id),
                () -> claimAll(others, id));
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> claimed : threads.invokeAll(claimers)) {
            all.addAll(claimed.get());
        }
        threads.shutdown();

        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        assertThat(progress(id))
                .isEqualTo(new JobProgress(
                        200, true, 200, 0, 0, 0, 2000, progress(id).itemsPerSecond()));
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void claim_beyondTheConcurrencyOrOfAPausedJob_isEmpty() {
        JobId id = jobs.submit(
                        job(new JobOptions(false, false, 5, 1, 0, Optional.empty())), Optional.empty(), items(1, 2))
                .job()
                .id();

        Claim only = jobs.claim(id, 1, NOW).orElseThrow();
        assertThat(others.claim(id, 1, NOW)).isEmpty();
        jobs.giveBack(only, false, NOW);
        BatchJob job = jobs.find(id).orElseThrow().job();
        assertThat(jobs.change(job, job.to(JobState.PAUSED, NOW))).isTrue();
        assertThat(others.claim(id, 1, NOW)).isEmpty();
        assertThat(allOpen()).isEmpty();
    }

    @Test
    void leaveOut_removesItemsWithoutAResult_andTheLastOneEndsTheJob() {
        JobId id = submit(5);
        Claim claim = jobs.claim(id, 3, NOW).orElseThrow();
        jobs.record(claim, List.of(succeeded(1)), NOW);

        jobs.leaveOut(claim, List.of(1L, 2L), NOW);
        jobs.leaveOut(claim, List.of(2L), NOW);

        assertThat(progress(id).total()).isEqualTo(4);
        assertThat(progress(id).succeeded()).isEqualTo(1);
        assertThat(numbers(jobs.items(claim, 0))).containsExactly(3L);
        jobs.giveBack(claim, false, NOW);
        Claim rest = others.claim(id, 10, NOW).orElseThrow();
        assertThat(numbers(rest.items())).containsExactly(4L, 5L);
        Claim again = jobs.claim(id, 10, NOW).orElseThrow();
        assertThat(numbers(again.items())).containsExactly(3L);
        jobs.record(again, List.of(succeeded(3)), NOW);
        others.leaveOut(rest, List.of(4L, 5L), NOW);
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(progress(id).total()).isEqualTo(2);
        assertThat(jobs.items(id, Optional.empty(), 10, 0).items())
                .extracting(ItemRecord::key)
                .containsExactly("raw/p/1", "raw/p/3");
        others.giveBack(rest, false, NOW);
        assertThatThrownBy(() -> others.leaveOut(rest, List.of(4L), NOW)).isInstanceOf(ClaimLost.class);
    }

    @Test
    void record_countsOnce_andTheLastItemEndsTheJob() {
        JobId id = submit(3);
        Claim claim = jobs.claim(id, 3, NOW).orElseThrow();

        jobs.record(claim, List.of(succeeded(1), failed(2)), NOW);
        jobs.record(claim, List.of(succeeded(1), succeeded(2)), NOW);

        assertThat(progress(id)).isEqualTo(new JobProgress(3, true, 1, 1, 0, 0, 10, 0));
        assertThat(numbers(jobs.items(claim, 0))).containsExactly(3L);
        jobs.record(
                claim,
                List.of(new ItemResult(3, 1, ItemState.SKIPPED, 0, Optional.empty(), Optional.of("why"), NOW)),
                NOW);
        jobs.giveBack(claim, false, NOW);
        assertThat(state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(jobs.find(id).orElseThrow().job().finishedAt()).contains(NOW);
        assertThat(jobs.items(id, Optional.of(ItemState.FAILED), 10, 0).items())
                .containsExactly(new ItemRecord(
                        2, "raw/p/2", ItemState.FAILED, 1, Optional.of("FileNotFound"), Optional.of("No file")));
    }

    @Test
    void record_ofATemporaryFailure_delaysTheItem() {
        JobId id = submit(1);
        Claim claim = jobs.claim(id, 1, NOW).orElseThrow();

        jobs.record(claim, List.of(again(1, NOW.plusSeconds(5))), NOW);
        jobs.giveBack(claim, false, NOW);

        assertThat(jobs.claim(id, 1, NOW.plusSeconds(4))).isEmpty();
        Claim second = others.claim(id, 1, NOW.plusSeconds(5)).orElseThrow();
        assertThat(second.items().get(0).attempts()).isEqualTo(1);
        others.record(second, List.of(succeeded(1)), NOW);
        others.giveBack(second, false, NOW);
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void record_withOnErrorStopOrAThreshold_endsTheJobAsFailed() {
        for (JobOptions options : List.of(
                new JobOptions(false, true, 5, 8, 0, Optional.empty()),
                new JobOptions(false, false, 5, 8, 0, Optional.of(1)))) {
            JobId id = jobs.submit(job(options), Optional.empty(), items(1, 2))
                    .job()
                    .id();
            Claim claim = jobs.claim(id, 1, NOW).orElseThrow();

            jobs.record(claim, List.of(failed(1)), NOW);

            assertThat(state(id)).isEqualTo(JobState.FAILED);
            assertThat(jobs.find(id).orElseThrow().job().error()).isPresent();
            assertThat(jobs.claim(id, 1, NOW)).isEmpty();
        }
    }

    @Test
    void record_ofACancelledJob_stillCounts() {
        JobId id = submit(2);
        Claim claim = jobs.claim(id, 2, NOW).orElseThrow();
        cancel(id);

        jobs.record(claim, List.of(succeeded(1)), NOW);
        jobs.giveBack(claim, false, NOW);

        assertThat(progress(id).succeeded()).isEqualTo(1);
        assertThat(state(id)).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void giveBack_releasesItemsWithoutResult_withoutCountingAnAttempt() {
        JobId id = submit(3);
        Claim claim = jobs.claim(id, 3, NOW).orElseThrow();
        jobs.record(claim, List.of(succeeded(2)), NOW);

        jobs.giveBack(claim, false, NOW);
        jobs.giveBack(claim, false, NOW);

        Claim again = jobs.claim(id, 10, NOW).orElseThrow();
        assertThat(numbers(again.items())).containsExactly(1L, 3L);
        assertThat(again.items()).allMatch(item -> item.attempts() == 0);
        jobs.giveBack(again, true, NOW);
        assertThat(jobs.claim(id, 10, NOW).orElseThrow().items()).allMatch(item -> item.attempts() == 1);
    }

    @Test
    void recover_releasesClaimsOfEndedProcesses_asAttempted() {
        JobId id = submit(4);
        Claim theirs = others.claim(id, 2, NOW).orElseThrow();
        JobItem noted = theirs.items().get(1).of(7, new Etag("abc")).copiedTo(new Etag("def"));
        others.note(theirs, List.of(noted));
        others.record(theirs, List.of(succeeded(1)), NOW);
        Claim mine = jobs.claim(id, 2, NOW).orElseThrow();

        assertThat(jobs.recover(Set.of(id), NOW.plusSeconds(19))).isZero();
        assertThat(jobs.recover(Set.of(id), NOW.plusSeconds(20))).isEqualTo(1);

        Claim recovered = jobs.claim(id, 10, NOW.plusSeconds(20)).orElseThrow();
        assertThat(recovered.items())
                .containsExactly(new JobItem(2, key(2), 1, noted.size(), noted.etag(), noted.copyEtag()));
        assertThatThrownBy(() -> others.record(theirs, List.of(failed(2)), NOW)).isInstanceOf(ClaimLost.class);
        assertThat(progress(id).failed()).isZero();
        assertThat(numbers(jobs.items(mine, 0))).containsExactly(3L, 4L);
    }

    @Test
    void reopen_resetsFailedItems() {
        JobId id = submit(5);
        Claim claim = jobs.claim(id, 5, NOW).orElseThrow();
        jobs.record(claim, List.of(failed(1), failed(2), failed(3), failed(4), succeeded(5)), NOW);
        jobs.giveBack(claim, false, NOW);

        int reopened = 0;
        for (int some = jobs.reopen(id); some > 0; some = jobs.reopen(id)) {
            reopened += some;
        }
        BatchJob job = jobs.find(id).orElseThrow().job();
        assertThat(jobs.change(job, job.to(JobState.QUEUED, NOW))).isTrue();

        assertThat(reopened).isEqualTo(4);
        assertThat(progress(id).failed()).isZero();
        assertThat(numbers(jobs.claim(id, 10, NOW).orElseThrow().items())).containsExactly(1L, 2L, 3L, 4L);
    }
}
