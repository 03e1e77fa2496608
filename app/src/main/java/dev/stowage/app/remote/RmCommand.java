package dev.stowage.app.remote;

import dev.stowage.client.DeletedFile;
import dev.stowage.client.StowageClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        return deletion.exitCode();
    }

    /** Deletes files in batches. */
    private final class Deletion {

        private final StowageClient client;
        private final List<String> batch = new ArrayList<>();
        private final Set<Integer> failures = new HashSet<>();
        private boolean anyDone;

        Deletion(StowageClient client) {
            this.client = client;
        }

        void add(KeyArguments.Named file) throws InterruptedException {
            if (dryRun) {
                done(file.key(), "planned");
                return;
            }
            batch.add(file.key());
            if (batch.size() == BATCH) {
                flush();
            }
        }

        void flush() throws InterruptedException {
            if (batch.isEmpty()) {
                return;
            }
            for (DeletedFile result : client.files().delete(batch)) {
                if (result.deleted()) {
                    done(result.key(), "deleted");
                } else {
                    failed(result.key(), CommandFailure.of(result));
                }
            }
            batch.clear();
        }

        private void done(String key, String state) {
            anyDone = true;
            print(object().put("key", key).put("state", state), key);
        }

        void failed(String name, CommandFailure failure) {
            err().println("stowage: " + name + ": " + failure.text());
            failures.add(failure.exitCode());
        }

        /** The code of the reason, if everything failed for the same reason. */
        int exitCode() {
            if (failures.isEmpty()) {
                return 0;
            }
            return anyDone || failures.size() > 1
                    ? CommandFailure.SOME_FAILED
                    : failures.iterator().next();
        }
    }
}
