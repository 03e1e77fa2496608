package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the contracts for jobs that processes share have in common. */
abstract class JobRacesContract extends SharedRecordContract {

    static final long BYTES = 10;

    final void assertExact(JobId id, JobProgress expected) {
        JobProgress progress = mine.jobs().find(id).orElseThrow().progress();
        assertThat(progress)
                .isEqualTo(new JobProgress(
                        expected.total(),
                        expected.totalFinal(),
                        expected.succeeded(),
                        expected.failed(),
                        expected.skipped(),
                        expected.unaddressable(),
                        expected.bytes(),
                        progress.itemsPerSecond()));
        List<ItemRecord> items = records(id);
        assertThat(items).hasSize((int) expected.total());
        assertThat(items.stream().filter(item -> item.state() == ItemState.SUCCEEDED))
                .hasSize((int) expected.succeeded());
        assertThat(items.stream().filter(item -> item.state() == ItemState.FAILED))
                .hasSize((int) expected.failed());
    }

    final List<ItemRecord> records(JobId id) {
        return mine.jobs().items(id, Optional.empty(), BatchJobs.MAX_PAGE, 0).items();
    }

    final JobState state(JobId id) {
        return mine.jobs().find(id).orElseThrow().job().state();
    }

    final JobId submit(int count, int concurrency) {
        JobOptions options = new JobOptions(false, false, 5, concurrency, 0, Optional.empty());
        JobSource keys = new JobSource.Keys(List.of(key("1")), count);
        return submit(keys, options, items(1, count));
    }

    final JobId submit(JobSource source, JobOptions options) {
        return submit(source, options, List.of());
    }

    final JobId submit(JobSource source, JobOptions options, List<NewItem> items) {
        JobSpec spec = new JobSpec("delete", source, JobTarget.NONE, options);
        BatchJob job = BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW);
        return mine.jobs().submit(job, Optional.empty(), items).job().id();
    }

    static List<NewItem> items(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> NewItem.of(key(String.valueOf(number))))
                .toList();
    }

    static List<ItemResult> results(List<Long> numbers) {
        return numbers.stream().map(JobRacesContract::succeeded).toList();
    }

    static ItemResult succeeded(long number) {
        return new ItemResult(number, 1, ItemState.SUCCEEDED, BYTES, Optional.empty(), Optional.empty(), NOW);
    }

    static ItemResult failed(long number) {
        return new ItemResult(number, 1, ItemState.FAILED, 0, Optional.of("FileNotFound"), Optional.of("No file"), NOW);
    }

    static ItemResult again(long number) {
        return new ItemResult(
                number, 1, ItemState.PENDING, 0, Optional.of("StorageUnavailable"), Optional.of("away"), Instant.EPOCH);
    }
}
