package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Jobs that are interrupted at each single call to the store or to the database: all of them end. */
class InterruptsTest {

    private static final int FILES = 30;

    @Test
    void delete_interruptedAnywhere_ends() {
        everywhere("delete", prefix("raw/p/"), JobTarget.NONE);
    }

    @Test
    void copy_interruptedAnywhere_ends() {
        everywhere("copy", prefix("raw/p/"), to("processed/p/"));
    }

    @Test
    void move_interruptedAnywhere_ends() {
        everywhere("move", keys("raw/p/0", "raw/p/1", "raw/p/2"), to("processed/p/"));
    }

    @Test
    void archive_interruptedAnywhere_ends() {
        everywhere("archive", prefix("raw/p/"), into("processed/p/all.zip"));
    }

    private static void everywhere(String operation, JobSource source, JobTarget target) {
        List<BiConsumer<JobBench, JobId>> faults = List.of(
                (bench, id) -> Thread.currentThread().interrupt(), InterruptsTest::pause, InterruptsTest::breakOff);
        for (BiConsumer<JobBench, JobId> fault : faults) {
            int call = 1;
            while (run(operation, source, target, fault, call)) {
                call++;
            }
            assertThat(call).isGreaterThan(6);
        }
    }

    /** Runs a job with a fault at the call of that number; returns whether the call was reached. */
    private static boolean run(
            String operation, JobSource source, JobTarget target, BiConsumer<JobBench, JobId> fault, int call) {
        JobBench bench = new JobBench();
        for (int i = 0; i < FILES; i++) {
            bench.put("raw/p/" + i, "text " + i);
        }
        JobId id = bench.submit(operation, source, target);
        int[] calls = new int[1];
        bench.atWork = () -> {
            if (++calls[0] == call) {
                fault.accept(bench, id);
            }
            // Waiting for a connection or a response ends.
            if (Thread.currentThread().isInterrupted()) {
                throw new StorageUnavailable("The operation was interrupted", null);
            }
        };
        bench.runFor(Duration.ofSeconds(5));
        resume(bench, id);
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id))
                .as("%s with a fault at call %d", operation, call)
                .isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .hasSize(source instanceof JobSource.Keys listed ? listed.count() : FILES)
                .containsOnly(ItemState.SUCCEEDED);
        checkFiles(bench, operation);
        return calls[0] >= call;
    }

    private static void checkFiles(JobBench bench, String operation) {
        boolean kept = operation.equals("copy") || operation.equals("archive");
        assertThat(bench.isThere("raw/p/0")).isEqualTo(kept);
        if (operation.equals("copy") || operation.equals("move")) {
            assertThat(bench.text("processed/p/0")).isEqualTo("text 0");
        }
        if (operation.equals("archive")) {
            assertThat(bench.bytes("processed/p/all.zip")).hasSizeGreaterThan(FILES * 60);
        }
    }

    /** Pauses the job, and moves the time until its work is requested to stop and then interrupted. */
    private static void pause(JobBench bench, JobId id) {
        BatchJob job = bench.status(id).job();
        if (job.state().isActive()) {
            assertThat(bench.jobs.change(job, job.to(JobState.PAUSED, bench.clock.instant())))
                    .isTrue();
            bench.pass(Duration.ofSeconds(2));
        }
    }

    private static void breakOff(JobBench bench, JobId id) {
        throw new NoClassDefFoundError("a defect during work on " + id);
    }

    private static void resume(JobBench bench, JobId id) {
        BatchJob job = bench.status(id).job();
        if (job.state() == JobState.PAUSED) {
            assertThat(bench.jobs.change(job, job.to(JobState.QUEUED, bench.clock.instant())))
                    .isTrue();
        }
    }
}
