package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JobsCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void withoutADatabase_namesThePath() {
        assertThat(run("jobs")).isEqualTo(1);
        assertThat(err.toString()).contains("worker.db", "DATA_DIR");
    }

    @Test
    void list_isNewestFirst() {
        JobId first = job(ItemState.SUCCEEDED);
        JobId second = job(ItemState.FAILED);

        assertThat(run("jobs")).isZero();
        assertThat(out.toString().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains(second.value(), "failed", "1 of 1, 1 failed"),
                        line -> assertThat(line).contains(first.value(), "delete", "succeeded", "1 of 1, 0 failed"));
    }

    @Test
    void job_isFollowedToItsEnd_andSetsTheExitCode() {
        assertThat(run("jobs", job(ItemState.SUCCEEDED).value())).isZero();
        assertThat(out.toString()).contains("delete succeeded [" + "#".repeat(30) + "] 100% 1 of 1");
        assertThat(run("jobs", job(ItemState.FAILED).value())).isEqualTo(1);
    }

    @Test
    void unknownJob_fails() {
        job(ItemState.SUCCEEDED);

        assertThat(run("jobs", "none")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("stowage: No job none");
    }

    @Test
    void bar_showsTheRemainingTime() {
        BatchJob queued = queued();
        JobStatus half =
                new JobStatus(queued.to(JobState.RUNNING, NOW), new JobProgress(1000, true, 490, 7, 3, 0, 0, 2.5), 1);
        JobStatus finding = new JobStatus(queued, new JobProgress(0, false, 0, 0, 0, 0, 0, 0), 1);

        assertThat(ProgressBar.text(half))
                .isEqualTo("delete running [" + "#".repeat(15) + "-".repeat(15)
                        + "] 50% 500 of 1000, 7 failed, 3/s, 3 min 20 s left");
        assertThat(ProgressBar.text(finding))
                .isEqualTo("delete queued [" + "-".repeat(30) + "] 0% 0 of 0 so far, 0 failed, 0/s");
    }

    private JobId job(ItemState result) {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("test"))) {
            BatchJobs jobs = database.repositories().jobs();
            BatchJob job = queued();
            JobStatus submitted = jobs.submit(job, Optional.empty(), List.of(NewItem.of(new ObjectKey("raw/p/a"))));
            Claim claim = jobs.claim(submitted.job().id(), 1, NOW).orElseThrow();
            jobs.record(claim, List.of(new ItemResult(1, 1, result, 0, Optional.empty(), Optional.empty(), NOW)), NOW);
            jobs.giveBack(claim, false, NOW);
            return job.id();
        }
    }

    private static BatchJob queued() {
        JobSource source = new JobSource.Keys(List.of(new ObjectKey("raw/p/a")), 1);
        return BatchJob.queued(
                JobId.random(),
                Optional.empty(),
                new JobSpec("delete", source, JobTarget.NONE, JobOptions.DEFAULT),
                NOW);
    }

    private int run(String... arguments) {
        CliEnvironment environment = new CliEnvironment(Map.of("DATA_DIR", folder.toString()), folder, false);
        CommandLine command = Main.commandLine(environment, arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
