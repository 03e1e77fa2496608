package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows batch jobs: a list of the latest, or one with a progress bar until it ends. */
@Command(
        name = "jobs",
        description = {
            "Lists the latest batch jobs; with a job's id, shows its progress until it ends.",
            "Reads the database of the service, so run it with the same settings and, without DATABASE_URL, on the same machine.",
            "Exits with 0 when the job succeeded."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class JobsCommand implements Callable<Integer> {

    private static final int LATEST = 20;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Without a terminal, each update is a new line, so updates are less frequent. */
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The job to follow")
    private @Nullable String id;

    JobsCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = environment.configuration();
        PrintWriter out = spec.commandLine().getOut();
        try (ServiceDatabase database = ServiceDatabase.openExisting(configuration)) {
            if (id == null) {
                list(database.repositories().jobs(), out);
                return ExitCode.OK;
            }
            return follow(database.repositories().jobs(), new JobId(id), out);
        }
    }

    private static void list(BatchJobs jobs, PrintWriter out) {
        Page<JobStatus, Long> page = jobs.list(JobFilter.ALL, LATEST, Optional.empty());
        out.println(page.items().isEmpty() ? "There are no jobs." : JobLine.HEAD);
        page.items().forEach(job -> out.println(JobLine.of(job)));
        out.flush();
    }

    private int follow(BatchJobs jobs, JobId job, PrintWriter out) throws InterruptedException {
        ProgressBar bar = new ProgressBar(out, environment.terminal());
        JobStatus status = find(jobs, job);
        bar.show(status);
        while (!status.job().state().isFinished()) {
            TimeUnit.MILLISECONDS.sleep((environment.terminal() ? INTERVAL : PLAIN_INTERVAL).toMillis());
            status = find(jobs, job);
            bar.show(status);
        }
        bar.end(status);
        return status.job().state() == JobState.SUCCEEDED ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static JobStatus find(BatchJobs jobs, JobId job) {
        return jobs.find(job).orElseThrow(() -> NotFound.job(job.value()));
    }
}
