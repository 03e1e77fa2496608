package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import java.time.Duration;
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

    /** Says how to continue, when Ctrl-C ends the process. */
    final Thread hint(TransferRun run) {
        Thread hint = new Thread(() -> run.message("Interrupted; run the same command again to continue"), "hint");
        Runtime.getRuntime().addShutdownHook(hint);
        return hint;
    }

    /** Removes the hint; does nothing while the process ends. */
    static void remove(Thread hint) {
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
