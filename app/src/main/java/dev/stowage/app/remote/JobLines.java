package dev.stowage.app.remote;

import dev.stowage.client.JobDetails;
import java.util.Locale;
import java.util.Optional;

/** Shows a job's progress: on a terminal by a line that is written again, elsewhere by a line for each change. */
final class JobLines {

    private static final int WIDTH = 30;

    /** Returns to the beginning of the line and clears it (ECMA-48, EL). */
    private static final String REDRAW_LINE = "\r\u001B[K";

    private final RemoteCommand command;
    private Optional<String> last = Optional.empty();

    JobLines(RemoteCommand command) {
        this.command = command;
    }

    void show(JobDetails job) {
        String text = command.json ? RemoteJobsCommand.json(job).toString() : text(job);
        if (command.quiet || last.equals(Optional.of(text))) {
            return;
        }
        last = Optional.of(text);
        if (command.json || !command.shell.terminal()) {
            command.out().println(text);
        } else {
            command.out().print(REDRAW_LINE + text);
        }
        command.out().flush();
    }

    /** Ends the line, and says why the job failed. */
    void end(JobDetails job) {
        if (!command.quiet && !command.json && command.shell.terminal()) {
            command.out().println();
        }
        job.message().ifPresent(message -> command.err().println("stowage: " + message));
        if (job.progress().failed() > 0 && !command.quiet) {
            command.err()
                    .println("stowage: " + job.progress().failed() + " items failed; 'stowage jobs report " + job.id()
                            + "' has the reasons, and 'stowage jobs retry " + job.id() + "' runs them again");
        }
    }

    private static String text(JobDetails job) {
        JobDetails.Progress progress = job.progress();
        double part = progress.total() == 0 ? 0 : (double) progress.done() / progress.total();
        int filled = (int) (part * WIDTH);
        String eta =
                progress.etaSeconds().isPresent() ? ", " + progress.etaSeconds().getAsLong() + " s left" : "";
        return String.format(
                Locale.ROOT,
                "%s%s %s [%s%s] %d%% %d of %d%s, %d failed%s",
                job.operation(),
                job.dryRun() ? " (dry run)" : "",
                job.state(),
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                (int) (part * 100),
                progress.done(),
                progress.total(),
                progress.totalFinal() ? "" : " so far",
                progress.failed(),
                eta);
    }
}
