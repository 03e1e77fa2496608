package dev.stowage.app.remote;

import dev.stowage.client.DeletedFile;
import dev.stowage.client.StowageClient;
import dev.stowage.client.StowageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes files. */
@Command(
        name = "rm",
        description = {
            "Deletes files, all files below a prefix (-r), or files that match a pattern.",
            "For millions of files, 'stowage jobs submit delete' is faster and runs by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage rm raw/demo/old.txt",
            "  stowage rm -r raw/demo/2024/ --dry-run",
            "  stowage rm 'raw/demo/*.tmp'"
        })
final class RmCommand extends RemoteCommand {

    private static final int BATCH = 1000;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "Keys, prefixes (-r) or patterns")
    List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Delete all files below a prefix")
    boolean recursive;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only print what would be deleted")
    boolean dryRun;

    RmCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        if (recursive && arguments.stream().anyMatch(text -> text.isEmpty() || text.equals("/"))) {
            throw CommandFailure.usage("An empty prefix stands for all files; name the prefix to delete");
        }
        Deletion deletion = new Deletion(client);
        new KeyArguments(client.files(), recursive).findAll(arguments, deletion::add, deletion::failed);
        deletion.flush();
        out().flush();
        return deletion.exitCode;
    }

    /** Deletes files in batches. */
    private final class Deletion {

        private final StowageClient client;
        private final List<String> batch = new ArrayList<>();
        private int exitCode;

        Deletion(StowageClient client) {
            this.client = client;
        }

        void add(KeyArguments.Named file) throws InterruptedException {
            if (dryRun) {
                print(object().put("key", file.key()).put("state", "planned"), file.key());
                return;
            }
            batch.add(file.key());
            if (batch.size() == BATCH) {
                flush();
            }
        }

        void flush() throws InterruptedException {
            if (batch.size() == 1) {
                deleteOne(batch.get(0));
            } else if (!batch.isEmpty()) {
                deleteAll();
            }
            batch.clear();
        }

        /** Unlike the results of a batch, the answer has the code of the error. */
        private void deleteOne(String key) throws InterruptedException {
            try {
                if (client.files().delete(key)) {
                    print(object().put("key", key).put("state", "deleted"), key);
                } else {
                    failed(key, CommandFailure.notFound("There is no such file"));
                }
            } catch (StowageException e) {
                failed(key, CommandFailure.of(e));
            }
        }

        private void deleteAll() throws InterruptedException {
            for (DeletedFile result : client.files().delete(batch)) {
                if (result.deleted()) {
                    print(object().put("key", result.key()).put("state", "deleted"), result.key());
                } else {
                    failed(result.key(), CommandFailure.failed(result.message()));
                }
            }
        }

        void failed(String name, CommandFailure failure) {
            err().println("stowage: " + name + ": " + failure.text());
            exitCode = arguments.size() == 1 && exitCode == 0 ? failure.exitCode() : CommandFailure.SOME_FAILED;
        }
    }
}
