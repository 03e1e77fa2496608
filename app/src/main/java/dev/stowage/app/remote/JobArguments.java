package dev.stowage.app.remote;

import dev.stowage.client.FileFilter;
import dev.stowage.client.JobSubmission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that describe a batch job. */
final class JobArguments {

    /** The operations that write one file. */
    private static final Set<String> ONE_FILE = Set.of("archive", "inventory");

    @Parameters(
            paramLabel = "OPERATION",
            description = "What to do: copy, move, delete, verify, set_metadata, archive, inventory, extract, import")
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

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "A file; repeat it for several. For extract, the archive")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--manifest",
            paramLabel = "KEY",
            description = "A file that lists keys, as NDJSON or CSV, such as an inventory")
    @Nullable
    String manifest;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "Only files that were last modified longer ago, such as 30d")
    @Nullable
    String olderThan;

    @Option(names = "--newer-than", paramLabel = "TIME", description = "Only files that were last modified since")
    @Nullable
    String newerThan;

    @Mixin
    FilterArguments filter = new FilterArguments();

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

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "For set_metadata: the new media type; for inventory: text/csv or application/x-ndjson")
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

    /** @throws CommandFailure when the files are not named exactly once, or an option is not valid */
    JobSubmission submission() {
        JobSubmission job = files().withFilter(selection());
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
        return manifest == null ? JobSubmission.ofKeys(operation, keys) : JobSubmission.ofManifest(operation, manifest);
    }

    private FileFilter selection() {
        FileFilter selection = filter.filter();
        if (olderThan != null) {
            selection = selection.olderThan(Amounts.duration("--older-than", olderThan));
        }
        return newerThan == null ? selection : selection.newerThan(Amounts.duration("--newer-than", newerThan));
    }
}
