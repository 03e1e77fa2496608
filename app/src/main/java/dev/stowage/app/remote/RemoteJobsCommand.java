package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.JobDetails;
import dev.stowage.client.JobSubmission;
import dev.stowage.client.StowageClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
                command.service().client(RemoteCommand.LONG_PATIENCE).jobs().watch(id, lines::show);
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
                "  stowage jobs submit set_metadata --manifest raw/p1/list.csv --content-type text/csv",
                "  stowage jobs submit import --source old --from photos/ --to raw/p1/photos/ --wait"
            })
    static final class Submit extends RemoteCommand {

        /** The operations that write one file. */
        private static final Set<String> ONE_FILE = Set.of("archive", "inventory");

        @Parameters(
                paramLabel = "OPERATION",
                description =
                        "What to do: copy, move, delete, verify, set_metadata, archive, inventory, extract, import")
        String operation = "";

        @Option(
                names = "--source",
                paramLabel = "NAME",
                description = "For import: the import source, another store that the service knows by this name")
        @Nullable
        String source;

        @Option(names = "--from", paramLabel = "PREFIX", description = "All files whose keys begin with this")
        @Nullable
        String from;

        @Option(names = "--key", paramLabel = "KEY", description = "A file; repeat it for several")
        List<String> keys = new ArrayList<>();

        @Option(names = "--manifest", paramLabel = "KEY", description = "A file that lists keys, as NDJSON or CSV")
        @Nullable
        String manifest;

        @Option(
                names = "--to",
                paramLabel = "PREFIX",
                description = "The prefix of the new keys; for archive and inventory, the key of the new file")
        @Nullable
        String to;

        @Option(
                names = "--strip-prefix",
                paramLabel = "PREFIX",
                description = "The prefix of the old keys that is replaced")
        @Nullable
        String stripPrefix;

        @Option(names = "--overwrite", description = "For import: replace other files that have the new keys")
        boolean overwrite;

        @Option(names = "--content-type", paramLabel = "TYPE", description = "For set_metadata: the new media type")
        @Nullable
        String contentType;

        @Option(
                names = "--meta",
                paramLabel = "NAME=VALUE",
                description = "For set_metadata: the new metadata; repeat it for several")
        Map<String, String> metadata = new LinkedHashMap<>();

        @Option(
                names = {"-n", "--dry-run"},
                description = "Change nothing; the report says what would be done")
        boolean dryRun;

        @Option(names = "--stop-on-error", description = "End the job when the first item fails")
        boolean stopOnError;

        @Option(names = "--wait", description = "Watch the job until it ends")
        boolean wait;

        Submit(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            JobDetails job = client.jobs().submit(submission());
            if (wait) {
                return watch(this, client, job.id());
            }
            print(json(job), job.id());
            return 0;
        }

        private JobSubmission submission() {
            JobSubmission job = files();
            if (source != null) {
                job = job.withSource("from", source);
            }
            if (overwrite) {
                job = job.withTarget("overwrite", true);
            }
            if (to != null) {
                job = job.withTarget(ONE_FILE.contains(operation) ? "key" : "prefix", to);
            }
            if (stripPrefix != null) {
                job = job.withTarget("strip_prefix", stripPrefix);
            }
            if (contentType != null) {
                job = job.withTarget("content_type", contentType);
            }
            if (!metadata.isEmpty()) {
                job = job.withTarget("metadata", metadata);
            }
            if (dryRun) {
                job = job.withOption("dry_run", true);
            }
            return stopOnError ? job.withOption("on_error", "stop") : job;
        }

        private JobSubmission files() {
            int sources = (from == null ? 0 : 1) + (keys.isEmpty() ? 0 : 1) + (manifest == null ? 0 : 1);
            if (sources != 1) {
                throw CommandFailure.usage("Name the files with exactly one of --from, --key and --manifest");
            }
            if (from != null) {
                return JobSubmission.ofPrefix(operation, from);
            }
            return manifest == null
                    ? JobSubmission.ofKeys(operation, keys)
                    : JobSubmission.ofManifest(operation, manifest);
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
