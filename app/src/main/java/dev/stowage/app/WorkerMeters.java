package dev.stowage.app;

import dev.stowage.worker.SweepCounts;
import dev.stowage.worker.WorkerModule;
import dev.stowage.worker.job.JobCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Registers the meters of the background work. */
final class WorkerMeters {

    private WorkerMeters() {}

    static void bind(WorkerModule worker, MeterRegistry registry) {
        bind(worker.counts(), registry);
        worker.jobCounts().ifPresent(counts -> bind(counts, registry));
    }

    private static void bind(JobCounts counts, MeterRegistry registry) {
        items(counts, registry, "succeeded", JobCounts::succeeded);
        items(counts, registry, "failed", JobCounts::failed);
        items(counts, registry, "skipped", JobCounts::skipped);
        items(counts, registry, "retried", JobCounts::retried);
    }

    private static void items(
            JobCounts counts, MeterRegistry registry, String result, ToDoubleFunction<JobCounts> value) {
        FunctionCounter.builder("stowage.job.items", counts, value)
                .tag("result", result)
                .description("Attempts at items of batch jobs, by result")
                .register(registry);
    }

    private static void bind(SweepCounts counts, MeterRegistry registry) {
        uploads(counts, registry, "resumed", SweepCounts::resumedUploads);
        uploads(counts, registry, "abandoned", SweepCounts::abandonedUploads);
        uploads(counts, registry, "expired", SweepCounts::expiredUploads);
        uploads(counts, registry, "orphaned", SweepCounts::orphanUploads);
        FunctionCounter.builder("stowage.sweeper.expired", counts, SweepCounts::expiredBytes)
                .baseUnit("bytes")
                .description("Size of the parts of expired uploads")
                .register(registry);
        FunctionCounter.builder("stowage.expiry.files", counts, SweepCounts::expiredFiles)
                .description("Files that were deleted because they had expired")
                .register(registry);
        FunctionCounter.builder("stowage.expiry", counts, SweepCounts::expiredFileBytes)
                .baseUnit("bytes")
                .description("Size of the files that were deleted because they had expired")
                .register(registry);
        FunctionCounter.builder("stowage.expiry.failures", counts, SweepCounts::failedFiles)
                .description("Failed attempts to delete files that had expired")
                .register(registry);
        FunctionCounter.builder("stowage.sweeper.store.items", counts, SweepCounts::storeItems)
                .description("Leftovers in the store that were deleted")
                .register(registry);
        FunctionCounter.builder("stowage.sweeper.store", counts, SweepCounts::storeBytes)
                .baseUnit("bytes")
                .description("Size of the leftovers in the store that were deleted")
                .register(registry);
    }

    private static void uploads(
            SweepCounts counts, MeterRegistry registry, String reason, ToDoubleFunction<SweepCounts> value) {
        FunctionCounter.builder("stowage.sweeper.uploads", counts, value)
                .tag("reason", reason)
                .description("Uploads that background work ended, by reason")
                .register(registry);
    }
}
