package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import dev.stowage.client.UploadedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code cp} and {@code mv} have in common. The bytes stay within the store. */
abstract class CopyOrMove extends RemoteCommand {

    private static final int PARALLEL = 8;

    private final String verb;

    @Parameters(
            arity = "2..*",
            paramLabel = "KEY",
            description = "Keys, prefixes (-r) or patterns; then the target: a key, or a prefix that ends with a slash")
    List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "All files below a prefix. With a slash at the end, what is in it")
    boolean recursive;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only print what would be done")
    boolean dryRun;

    @Option(names = "--no-overwrite", description = "Do not replace files: fail when there is one under the target key")
    boolean noOverwrite;

    CopyOrMove(Shell shell, String verb) {
        super(shell);
        this.verb = verb;
    }

    abstract UploadedFile apply(StowageClient client, String source, String target, boolean overwrite)
            throws InterruptedException;

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        List<String> sources = arguments.subList(0, arguments.size() - 1);
        String target = arguments.get(arguments.size() - 1);
        boolean several = sources.size() > 1 || recursive || KeyArguments.isPattern(sources.get(0));
        if (several && !target.endsWith("/")) {
            throw CommandFailure.usage(
                    "The target of several files is a prefix that ends with a slash: " + target + "/");
        }
        try (TransferRun run = new TransferRun(this, verb, PARALLEL)) {
            new KeyArguments(client.files(), recursive)
                    .findAll(
                            sources,
                            file -> add(client, file, target.endsWith("/") ? target + file.name() : target, run),
                            run::failed);
            return run.finish();
        }
    }

    private void add(StowageClient client, KeyArguments.Named file, String target, TransferRun run)
            throws InterruptedException {
        if (dryRun) {
            run.plan(file.key(), file.size(), file.key() + " -> " + target);
            return;
        }
        run.add(file.key(), file.size(), listener -> {
            UploadedFile stored = apply(client, file.key(), target, !noOverwrite);
            listener.transferred(file.size(), file.size());
            return object().put("key", file.key())
                    .put("state", "done")
                    .put("target_key", stored.key())
                    .put("size", stored.size())
                    .put("etag", stored.etag());
        });
    }
}
