package dev.stowage.app.remote;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far the transfers of a command are: on a terminal by a bar, elsewhere by a line from time to time. Thread-safe. */
final class TransferDisplay implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    /** Returns to the beginning of the line and clears it (ECMA-48, EL). */
    private static final String AGAIN = "\r\u001B[K";

    private final PrintWriter err;
    private final String verb;
    private final boolean lines;
    private final @Nullable ProgressBar bar;
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong shown = new AtomicLong(System.nanoTime());

    /**
     * @param verb what is done, such as {@code Sent}
     * @param quiet whether to show nothing
     * @param terminal whether {@code err} is a terminal
     */
    TransferDisplay(PrintWriter err, String verb, boolean quiet, boolean terminal) {
        this.err = err;
        this.verb = verb;
        this.lines = !quiet && !terminal;
        this.bar = quiet || !terminal ? null : bar(err, verb);
    }

    private static ProgressBar bar(PrintWriter err, String verb) {
        return new ProgressBarBuilder()
                .setTaskName(verb)
                .setInitialMax(0)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" MiB", 1 << 20)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setUpdateIntervalMillis(200)
                .setConsumer(new DelegatingProgressBarConsumer(
                        text -> {
                            err.print(AGAIN + text);
                            err.flush();
                        },
                        WIDTH))
                .build();
    }

    /** Adds bytes that are to be transferred. */
    void expect(long bytes) {
        long all = expected.addAndGet(bytes);
        if (bar != null) {
            bar.maxHint(all);
        }
    }

    /** Adds transferred bytes; a negative number for bytes that have to be transferred again. */
    void add(long bytes) {
        long now = done.addAndGet(bytes);
        if (bar != null) {
            bar.stepBy(bytes);
        } else if (lines) {
            showLine(now);
        }
    }

    private void showLine(long bytes) {
        long before = shown.get();
        long now = System.nanoTime();
        if (now - before >= INTERVAL.toNanos() && shown.compareAndSet(before, now)) {
            err.println(verb + " " + ByteText.of(bytes) + " of " + ByteText.of(expected.get()));
        }
    }

    /** Prints a line beside the bar. */
    synchronized void message(String line) {
        err.println(bar == null ? line : AGAIN + line);
        err.flush();
    }

    /** Ends the bar, and its thread. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.println();
        }
    }
}
