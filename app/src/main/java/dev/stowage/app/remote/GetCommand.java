package dev.stowage.app.remote;

import dev.stowage.client.DownloadOptions;
import dev.stowage.client.DownloadedFile;
import dev.stowage.client.StowageClient;
import dev.stowage.client.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Downloads files. */
@Command(
        name = "get",
        description = {
            "Downloads files, all files below a prefix (-r), or files that match a pattern, to a file, a directory, or standard output (-).",
            "The bytes are compared with the digest that was recorded at the upload, where there is one. When the command is interrupted,"
                    + " run it again: it continues where it stopped."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage get raw/demo/report.pdf",
            "  stowage get raw/demo/report.pdf copy.pdf",
            "  stowage get -r raw/demo/photos .          to ./photos/...",
            "  stowage get -r raw/demo/photos/ backup/   to backup/...",
            "  stowage get 'raw/demo/logs/*.gz' logs/",
            "  stowage get raw/demo/db.sql - | psql db"
        })
final class GetCommand extends TransferCommand {

    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description =
                    "Keys, prefixes or patterns; then the target: a file, a directory, or -. One key alone goes to the working directory")
    List<String> arguments = new ArrayList<>();

    GetCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        List<String> sources = arguments.subList(0, Math.max(1, arguments.size() - 1));
        String target = arguments.size() > 1 ? arguments.get(arguments.size() - 1) : ".";
        if (target.equals("-")) {
            return getToOutput(client, sources);
        }
        boolean several = sources.size() > 1 || recursive || KeyArguments.isPattern(sources.get(0));
        boolean folder = several
                || target.endsWith("/")
                || Files.isDirectory(shell.folder().resolve(target));
        requireService();
        return transfer("Received", sources, target, (run, journal) -> {
            reportEarlierTransfers(journal, run);
            new KeyArguments(client.files(), recursive)
                    .findAll(sources, file -> add(client, file, target, folder, journal, run), run::failed);
        });
    }

    private void add(
            StowageClient client,
            KeyArguments.Named file,
            String target,
            boolean folder,
            TransferJournal journal,
            TransferRun run)
            throws IOException, InterruptedException {
        Path path;
        try {
            path = folder
                    ? below(shell.folder().resolve(target), file.name())
                    : shell.folder().resolve(target);
        } catch (CommandFailure e) {
            run.failed(file.key(), e);
            return;
        }
        String transfer = Fingerprint.of(
                List.of(file.key(), file.etag(), path.toAbsolutePath().toString()));
        if (!restart && journal.isDone(transfer) && Files.exists(path) && Files.size(path) == file.size()) {
            run.skip(file.key(), "received before");
        } else if (dryRun) {
            run.plan(file.key(), file.size(), file.key() + " -> " + path);
        } else {
            run.add(file.key(), file.size(), listener -> {
                Path parent = path.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                DownloadedFile received = client.files()
                        .get(
                                file.key(),
                                path,
                                DownloadOptions.DEFAULT.withListener(listener).resumedBy(journal));
                journal.done(transfer);
                return object().put("key", file.key())
                        .put("state", "received")
                        .put("file", path.toString())
                        .put("size", received.size())
                        .put("etag", received.etag())
                        .put("verified", received.verified());
            });
        }
    }

    /** @throws CommandFailure when the name would lead out of the directory, or to the file of another key */
    private static Path below(Path folder, String name) {
        try {
            for (String segment : name.split("/", -1)) {
                if (NO_NAMES.contains(segment) || Path.of(segment).getNameCount() != 1) {
                    throw CommandFailure.failed(
                            "The key can't be a file name: it has an empty segment or a special one");
                }
            }
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw CommandFailure.failed("The key can't be a file name here: " + e.getReason());
        }
    }

    private int getToOutput(StowageClient client, List<String> sources) throws IOException, InterruptedException {
        if (sources.size() > 1 || recursive) {
            throw CommandFailure.usage("Only one file can go to standard output");
        }
        client.files().copyTo(sources.get(0), shell.out(), TransferListener.NONE);
        shell.out().flush();
        return 0;
    }
}
