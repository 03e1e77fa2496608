package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that transfers many files, and that can be repeated after it was interrupted. */
abstract class TransferCommand extends RemoteCommand {

    private static final int MOST_PARALLEL = 64;

    @Option(
            names = {"-r", "--recursive"},
            description = "Transfer directories, or all files below a prefix. With a slash at the end, what is in it")
    boolean recursive;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only print what would be transferred")
    boolean dryRun;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many files to transfer at a time: 1 to 64; default: ${DEFAULT-VALUE}")
    int parallel;

    @Option(
            names = "--restart",
            description = "Start over, even if the same command was interrupted within the last 24 hours")
    boolean restart;

    TransferCommand(Shell shell) {
        super(shell);
    }

    @Override
    final Duration retryTimeout() {
        return LONG_TIMEOUT;
    }

    /** Fails soon when the service is away at the beginning, because transfers would wait for it. */
    final void requireService() throws InterruptedException {
        try (StowageClient client = service().client(super.retryTimeout())) {
            client.ping();
        }
    }

    int parallel() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw CommandFailure.usage("--parallel has to be from 1 to " + MOST_PARALLEL);
        }
        return parallel;
    }

    /** Adds the files of a command to its run, and reports those that can't be. */
    interface Transfers {
        void addTo(TransferRun run, TransferJournal journal) throws IOException, InterruptedException;
    }

    /**
     * Transfers files, and continues where an earlier run of the same command was interrupted.
     *
     * @param verb what is done, such as {@code Sent}
     * @return the exit code
     */
    final int transfer(String verb, List<String> sources, String target, Transfers transfers)
            throws IOException, InterruptedException {
        try (TransferJournal journal = TransferJournal.open(shell, commandId(sources, target), restart && !dryRun);
                TransferRun run = new TransferRun(this, verb, parallel())) {
            Thread hint = hint(run);
            try {
                transfers.addTo(run, journal);
                int exitCode = run.finish();
                if (!run.hasFailures() && !dryRun) {
                    journal.delete();
                }
                return exitCode;
            } finally {
                remove(hint);
            }
        }
    }

    private String commandId(List<String> sources, String target) {
        List<String> parts =
                new ArrayList<>(List.of(spec.name(), service().url().toString(), target));
        parts.add(shell.folder().toAbsolutePath().toString());
        parts.addAll(sources);
        return Fingerprint.of(parts);
    }

    /** Says how to continue, when Ctrl-C ends the process. */
    private static Thread hint(TransferRun run) {
        Thread hint = new Thread(() -> run.message("Interrupted; run the same command again to continue"), "hint");
        Runtime.getRuntime().addShutdownHook(hint);
        return hint;
    }

    /** Removes the hint; does nothing while the process ends. */
    private static void remove(Thread hint) {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException ending) {
            return;
        }
    }

    final void reportEarlierTransfers(TransferJournal journal, TransferRun run) {
        if (journal.doneBefore() > 0 && !quiet) {
            run.message("Continuing after an interruption: " + journal.doneBefore()
                    + " files were transferred before; --restart starts over");
        }
    }
}
