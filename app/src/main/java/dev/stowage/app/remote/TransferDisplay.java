package dev.stowage.app.remote;

import dev.stowage.client.TransferListener;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far the transfers of a command are: on a terminal by a bar for all files, and one for each large file; elsewhere by a line from
 * time to time. Bytes that were transferred before do not count, so that the speed is that of this command. Thread-safe.
 */
final class TransferDisplay implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    /** Smaller files are transferred before anyone could read their bars. */
    private static final long LARGE = 16 << 20;

    /** More would hide the messages. */
    private static final int MOST_BARS = 8;

    private static final int LONGEST_NAME = 25;

    private static final long MEASURABLE = 1 << 20;

    private final PrintWriter err;
    private final String verb;
    private final boolean quiet;
    private final @Nullable TerminalLines terminal;
    private final @Nullable ProgressBar all;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger bars = new AtomicInteger();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong shown = new AtomicLong(System.nanoTime());

    /**
     * @param verb what is done, such as {@code Sent}
     * @param quiet whether to show nothing
     * @param terminal whether {@code err} is a terminal
     */
    TransferDisplay(PrintWriter err, String verb, boolean quiet, boolean terminal) {
        this.err = err;
        this.verb = verb;
        this.quiet = quiet;
        if (quiet || !terminal) {
            this.terminal = null;
            this.all = null;
        } else {
            TerminalLines lines = new TerminalLines(err);
            this.terminal = lines;
            this.all = bar(verb, 0, 0, text -> {
                lines.set(verb, text);
                lines.paint();
            });
        }
    }

    private static ProgressBar bar(String name, long max, long start, Consumer<String> consumer) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(max)
                .startsFrom(start, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" MiB", 1 << 20)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setUpdateIntervalMillis(200)
                // Otherwise a transfer that stands still would keep its speed.
                .continuousUpdate()
                .setEtaFunction(TransferDisplay::left)
                .setConsumer(new DelegatingProgressBarConsumer(consumer, WIDTH))
                .build();
    }

    /** Unknown until enough was transferred to tell the speed. */
    private static Optional<Duration> left(ProgressState state) {
        long bytes = state.getCurrent() - state.getStart();
        return bytes < MEASURABLE
                ? Optional.empty()
                : Optional.of(state.getElapsedAfterStart()
                        .dividedBy(bytes >> 10)
                        .multipliedBy(Math.max(state.getMax() - state.getCurrent(), 0) >> 10));
    }

    /** Adds a file that is to be transferred; its size may be unknown, and 0 then. */
    void expect(long size) {
        files.incrementAndGet();
        addExpected(size);
    }

    private void addExpected(long bytes) {
        long sum = expected.addAndGet(bytes);
        if (all != null) {
            all.maxHint(sum);
        }
    }

    private void add(long bytes) {
        long sum = moved.addAndGet(bytes);
        if (all != null) {
            all.stepBy(bytes);
        } else if (!quiet) {
            showLine(sum);
        }
    }

    private void showLine(long bytes) {
        long before = shown.get();
        long now = System.nanoTime();
        if (now - before >= INTERVAL.toNanos() && shown.compareAndSet(before, now)) {
            err.println(verb + " " + ByteText.of(bytes) + " of " + ByteText.of(expected.get()));
        }
    }

    /** Begins a file. */
    FileProgress begin(String name) {
        return new FileProgress(name);
    }

    /** The progress of one file. Used by one thread. */
    final class FileProgress implements TransferListener, AutoCloseable {

        private final String name;
        private @Nullable ProgressBar bar;
        private boolean begun;
        private long first;
        private long last;

        private FileProgress(String name) {
            this.name = name;
        }

        @Override
        public void transferred(long done, long total) {
            if (!begun) {
                begun = true;
                first = done;
                last = done;
                addExpected(-done);
            } else if (done < first) {
                // Bytes of an earlier run are transferred again.
                addExpected(first - done);
                first = done;
            }
            add(done - last);
            last = done;
            if (bar != null) {
                bar.stepTo(done);
            } else if (total >= LARGE && files.get() > 1) {
                bar = fileBar(total);
            }
        }

        private @Nullable ProgressBar fileBar(long total) {
            TerminalLines lines = terminal;
            if (lines == null || bars.incrementAndGet() > MOST_BARS) {
                bars.decrementAndGet();
                return null;
            }
            return bar(shortened(name), total, last, text -> lines.set(this, text));
        }

        /** Returns the bytes that were transferred now. */
        long moved() {
            return last - first;
        }

        /** Returns the bytes that were transferred by an earlier run. */
        long before() {
            return first;
        }

        @Override
        public void close() {
            if (bar != null && terminal != null) {
                bar.close();
                terminal.remove(this);
                bars.decrementAndGet();
            }
        }
    }

    /** The last segment, without its middle if it is long. A name of a local file may have any character. */
    private static String shortened(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "?");
        int length = last.codePointCount(0, last.length());
        if (length <= LONGEST_NAME) {
            return last;
        }
        int half = (LONGEST_NAME - 3) / 2;
        return last.substring(0, last.offsetByCodePoints(0, half)) + "..."
                + last.substring(last.offsetByCodePoints(0, length - half));
    }

    /** Prints a line beside the progress. */
    void message(String line) {
        if (terminal == null) {
            err.println(line);
            err.flush();
        } else {
            terminal.message(line);
        }
    }

    /** Ends the bar, and its thread. */
    @Override
    public void close() {
        if (all != null && terminal != null) {
            all.close();
            terminal.end();
        }
    }
}
