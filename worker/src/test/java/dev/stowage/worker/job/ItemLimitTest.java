package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.testkit.Tagging;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that exceed the limit on items of their owner's unfinished jobs: 1500 here. */
final class ItemLimitTest {

    /** Manifests are read a thousand lines at a time. */
    private static final int FILES = 1200;

    private final JobBench bench = new JobBench(Tagging.MD5, new JobLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 1500));

    @Test
    void manifest_overTheItemLimit_failsTheJob_andSaysWhatToDo() {
        JobId id = submitManifest(2 * FILES);

        bench.run();

        JobFailure error = bench.status(id).job().error().orElseThrow();
        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(error.error()).isEqualTo("TooManyRequests");
        assertThat(error.message()).contains("1500 files").contains("retry").contains("cancel");
    }

    @Test
    void prefix_overTheItemLimit_failsTheJob() {
        IntStream.range(0, 1501).forEach(i -> bench.put("raw/p/" + i, ""));
        JobId id = bench.submit("delete", new JobSource.Prefix(new KeyPrefix("raw/p/")), JobTarget.NONE);

        bench.run();

        assertThat(bench.status(id).job().error().orElseThrow().error()).isEqualTo("TooManyRequests");
    }

    @Test
    void jobFailedForTheItemLimit_resumesAtItsCheckpoint_whenRetried() {
        JobId other = pausedJob(400);
        JobId id = submitManifest(FILES);
        bench.run();
        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).progress().total()).isBetween(1L, FILES - 1L);

        change(other, JobState.CANCELLED);
        bench.retry(id);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().total()).isEqualTo(FILES);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(FILES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void manifest_withinTheItemLimit_isRun(int files) {
        pausedJob(FILES);
        JobId id = submitManifest(files);

        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    private JobId submitManifest(int files) {
        IntStream.range(0, files).forEach(i -> bench.put("raw/p/" + i, ""));
        bench.put(
                "raw/m/list.csv",
                IntStream.range(0, files).mapToObj(i -> "raw/p/" + i + "\n").collect(Collectors.joining()));
        return bench.submit("verify", manifest("raw/m/list.csv"), JobTarget.NONE);
    }

    private JobId pausedJob(int files) {
        List<ObjectKey> keys = IntStream.range(0, files)
                .mapToObj(i -> new ObjectKey("raw/q/" + i))
                .toList();
        JobId id = bench.submit("delete", new JobSource.Keys(keys, files), JobTarget.NONE);
        change(id, JobState.PAUSED);
        return id;
    }

    private void change(JobId id, JobState state) {
        BatchJob job = bench.status(id).job();
        assertThat(bench.jobs.change(job, job.to(state, bench.clock.instant()))).isTrue();
    }
}
