package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.JobDetails;
import dev.stowage.client.StowageClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Batch jobs of a service. */
@Command(
        name = "jobs",
        description =
                "Submits, shows and controls batch jobs of a service. Without a subcommand, lists the latest; with an id, watches it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage jobs",
            "  stowage jobs submit copy --from raw/p1/ --to processed/p1/ --dry-run",
            "  stowage jobs submit verify --from raw/ --wait",
            "  stowage jobs watch ID",
            "  stowage jobs report ID --format csv > report.csv",
            "  stowage jobs retry ID"
        })
final class RemoteJobsCommand extends RemoteCommand {

    /** The subcommands, of which only a service has any. */
    static final Set<String> SUBCOMMANDS =
            Set.of("submit", "watch", "report", "cancel", "pause", "resume", "retry", "delete");

    private static final String FORMAT = "%-36s  %-12s  %-16s  %-20s  %s";

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The job to watch")
    @Nullable
    String id;

    @Option(names = "--state", paramLabel = "STATE", description = "List only jobs in this state, such as running")
    @Nullable
    String state;

    private RemoteJobsCommand(Shell shell) {
        super(shell);
    }

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new RemoteJobsCommand(shell))
                .addSubcommand(new Submit(shell))
                .addSubcommand(new Watch(shell))
                .addSubcommand(new Report(shell))
                .addSubcommand("cancel", new Control(shell, "cancel"))
                .addSubcommand("pause", new Control(shell, "pause"))
                .addSubcommand("resume", new Control(shell, "resume"))
                .addSubcommand("retry", new Control(shell, "retry"))
                .addSubcommand("delete", new Control(shell, "delete"));
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        if (id != null) {
            return watch(this, client, id);
        }
        List<JobDetails> latest =
                client.jobs().list(Optional.ofNullable(state), Optional.empty()).items();
        printHead(String.format(Locale.ROOT, FORMAT, "ID", "OPERATION", "STATE", "CREATED", "DONE"));
        latest.forEach(job -> print(json(job), line(job)));
        return 0;
    }

    /** Shows a job until it ends, also over restarts of the service. Returns 0 when it succeeded. */
    private static int watch(RemoteCommand command, StowageClient client, String id) throws InterruptedException {
        JobLines lines = new JobLines(command);
        lines.show(client.jobs().get(id));
        JobDetails job =
                command.service().client(RemoteCommand.LONG_TIMEOUT).jobs().watch(id, lines::show);
        lines.end(job);
        return job.state().equals("succeeded") ? 0 : CommandFailure.SOME_FAILED;
    }

    private static String line(JobDetails job) {
        JobDetails.Progress progress = job.progress();
        return String.format(
                Locale.ROOT,
                FORMAT,
                job.id(),
                job.operation(),
                job.state(),
                job.createdAt(),
                progress.done() + " of " + progress.total() + (progress.totalFinal() ? "" : " so far") + ", "
                        + progress.failed() + " failed");
    }

    static ObjectNode json(JobDetails job) {
        ObjectNode json = object().put("id", job.id())
                .put("operation", job.operation())
                .put("state", job.state())
                .put("dry_run", job.dryRun())
                .put("created_at", job.createdAt().toString());
        job.finishedAt().ifPresent(time -> json.put("finished_at", time.toString()));
        JobDetails.Progress progress = job.progress();
        ObjectNode counts = json.putObject("progress")
                .put("total", progress.total())
                .put("total_final", progress.totalFinal())
                .put("succeeded", progress.succeeded())
                .put("failed", progress.failed())
                .put("skipped", progress.skipped())
                .put("bytes", progress.bytes())
                .put("items_per_second", progress.itemsPerSecond());
        progress.etaSeconds().ifPresent(seconds -> counts.put("eta_seconds", seconds));
        job.message().ifPresent(message -> json.put("message", message));
        return json;
    }

    @Command(
            name = "submit",
            description = "Submits a job and prints its id.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage jobs submit copy --from raw/p1/ --to processed/p1/ --dry-run --wait",
                "  stowage jobs submit delete --key raw/p1/a.txt --key raw/p1/b.txt",
                "  stowage jobs submit archive --from raw/p1/ --to processed/p1/all.zip",
                "  stowage jobs submit delete --from raw/p1/ --older-than 30d --match '*.tmp' --dry-run --wait",
                "  stowage jobs submit inventory --from raw/p1/ --to processed/p1/files.csv",
                "  stowage jobs submit set_metadata --manifest processed/p1/files.csv --content-type text/csv",
                "  stowage jobs submit extract --key raw/p1/all.zip --to processed/p1/all/",
                "  stowage jobs submit import --source old --from photos/ --to raw/p1/photos/ --wait"
            })
    static final class Submit extends RemoteCommand {

        @Mixin
        JobArguments arguments = new JobArguments();

        @Option(names = "--wait", description = "Watch the job until it ends")
        boolean wait;

        Submit(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            JobDetails job = client.jobs().submit(arguments.submission());
            if (wait) {
                return watch(this, client, job.id());
            }
            print(json(job), job.id());
            return 0;
        }
    }

    @Command(name = "watch", description = "Shows a job until it ends. Ctrl-C ends the watching, not the job.")
    static final class Watch extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The job")
        String id = "";

        Watch(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            return watch(this, client, id);
        }
    }

    @Command(
            name = "report",
            description = "Prints a line for each item of a job.",
            footerHeading = "%nExamples:%n",
            footer = "  stowage jobs report ID --format csv > report.csv")
    static final class Report extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The job")
        String id = "";

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "ndjson",
                description = "ndjson or csv; default: ${DEFAULT-VALUE}")
        String format = "ndjson";

        Report(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws IOException, InterruptedException {
            client.jobs().report(id, format, shell.out());
            shell.out().flush();
            return 0;
        }
    }

    /** A change of a job's state. */
    @Command
    static final class Control extends RemoteCommand {

        private final String change;

        @Parameters(paramLabel = "ID", description = "The job")
        String id = "";

        Control(Shell shell, String change) {
            super(shell);
            this.change = change;
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            if (change.equals("delete")) {
                client.jobs().delete(id);
                print(object().put("id", id).put("state", "deleted"), "Deleted " + id);
                return 0;
            }
            JobDetails job = switch (change) {
                case "cancel" -> client.jobs().cancel(id);
                case "pause" -> client.jobs().pause(id);
                case "resume" -> client.jobs().resume(id);
                default -> client.jobs().retry(id);
            };
            print(json(job), job.id() + " is " + job.state());
            return 0;
        }
    }
}
