package dev.stowage.app;

import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A job's progress: on a terminal a bar that is redrawn in place, elsewhere one line for each update. */
final class ProgressBar {

    private static final int WIDTH = 30;
    /** Returns to the beginning of the line and clears it (ECMA-48, EL). */
    private static final String REDRAW_LINE = "\r\u001B[K";

    private final PrintWriter out;
    private final boolean terminal;

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(JobStatus status) {
        if (terminal) {
            out.print(REDRAW_LINE + text(status));
        } else {
            out.println(text(status));
        }
        out.flush();
    }

    /** Prints the final state, with the reason where there is one. */
    void end(JobStatus status) {
        if (terminal) {
            out.println();
        }
        status.job().error().map(JobFailure::message).ifPresent(out::println);
        out.flush();
    }

    static String text(JobStatus status) {
        JobProgress progress = status.progress();
        double part = progress.total() == 0 ? 0 : (double) progress.done() / progress.total();
        int filled = (int) (part * WIDTH);
        String eta = status.eta().map(left -> ", " + show(left) + " left").orElse("");
        return String.format(
                Locale.ROOT,
                "%s %s [%s%s] %d%% %d of %d%s, %d failed, %.0f/s%s",
                status.job().spec().operation(),
                status.job().state().id(),
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                (int) (part * 100),
                progress.done(),
                progress.total(),
                progress.totalFinal() ? "" : " so far",
                progress.failed(),
                progress.itemsPerSecond(),
                eta);
    }

    private static String show(Duration left) {
        return left.toHours() > 0
                ? left.toHours() + " h " + left.toMinutesPart() + " min"
                : left.toMinutes() > 0
                        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                        : left.toSeconds() + " s";
    }
}
