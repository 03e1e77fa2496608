package dev.stowage.app;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobStatus;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats a job as a line of a list. */
final class JobLine {

    static final String HEAD =
            "%-36s  %-12s  %-16s  %-20s  %s".formatted("ID", "OPERATION", "STATE", "CREATED", "DONE");

    private JobLine() {}

    static String of(JobStatus status) {
        BatchJob job = status.job();
        JobProgress progress = status.progress();
        return String.format(
                Locale.ROOT,
                "%-36s  %-12s  %-16s  %-20s  %d of %d%s, %d failed",
                job.id(),
                job.spec().operation(),
                job.state().id(),
                job.createdAt().truncatedTo(ChronoUnit.SECONDS),
                progress.done(),
                progress.total(),
                progress.totalFinal() ? "" : " so far",
                progress.failed());
    }
}
