package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.StowageException;
import dev.stowage.client.TransferListener;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The transfers of a command: several at a time, with their results and the exit code. Used by one thread. */
final class TransferRun implements AutoCloseable {

    private final RemoteCommand command;
    private final TransferDisplay display;
    private final ExecutorService threads;
    private final Semaphore waiting;
    private final int places;
    private final long began = System.nanoTime();
    private final Totals totals = new Totals();

    /** The results so far. Guarded by itself. */
    private static final class Totals {

        private long files;
        private long bytes;
        private long before;
        private long skipped;
        private long failed;
        private final Set<Integer> exitCodes = new TreeSet<>();
    }

    /**
     * @param verb what is done, such as {@code Sent}
     * @param parallel how many transfers run at a time
     */
    TransferRun(RemoteCommand command, String verb, int parallel) {
        this.command = command;
        this.display =
                new TransferDisplay(command.err(), verb, command.quiet || command.json, command.shell.terminal());
        this.threads = Executors.newFixedThreadPool(parallel);
        this.places = 2 * parallel;
        this.waiting = new Semaphore(places);
    }

    /** One transfer. */
    interface Transfer {

        /** Returns the result for {@code --json}. */
        ObjectNode run(TransferListener listener) throws IOException, InterruptedException;
    }

    /**
     * Adds a transfer, after waiting while many have not begun.
     *
     * @param name for messages
     * @param size in bytes; -1 when it is unknown
     */
    void add(String name, long size, Transfer transfer) throws InterruptedException {
        display.expect(Math.max(size, 0));
        waiting.acquire();
        threads.execute(() -> {
            try {
                run(name, transfer);
            } finally {
                waiting.release();
            }
        });
    }

    private void run(String name, Transfer transfer) {
        try (TransferDisplay.FileProgress progress = display.begin(name)) {
            ObjectNode result = transfer.run(progress);
            synchronized (totals) {
                totals.files++;
                totals.bytes += progress.moved();
                totals.before += progress.before();
            }
            show(result, name + "  " + ByteText.of(progress.before() + progress.moved()));
        } catch (StowageException e) {
            failed(name, CommandFailure.of(e));
        } catch (IOException e) {
            failed(name, CommandFailure.of(e));
        } catch (CommandFailure e) {
            failed(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts a file that needs no transfer. */
    void skip(String name, String reason) {
        synchronized (totals) {
            totals.skipped++;
        }
        if (command.json) {
            show(RemoteCommand.object().put("key", name).put("state", "skipped").put("message", reason), "");
        }
    }

    /** Prints what would be done. */
    void plan(String name, long size, String line) {
        synchronized (totals) {
            totals.files++;
            totals.bytes += size;
            command.print(
                    RemoteCommand.object()
                            .put("key", name)
                            .put("state", "planned")
                            .put("size", size),
                    line);
        }
    }

    /** Counts and prints a failure. */
    void failed(String name, CommandFailure failure) {
        synchronized (totals) {
            totals.failed++;
            totals.exitCodes.add(failure.exitCode());
        }
        if (command.json) {
            synchronized (totals) {
                command.out()
                        .println(RemoteCommand.object()
                                .put("key", name)
                                .put("state", "failed")
                                .put("message", failure.text()));
            }
        } else {
            display.message("stowage: " + name + ": " + failure.text());
        }
    }

    /** On a terminal the bar shows enough. */
    private void show(ObjectNode result, String line) {
        if (command.json || !command.shell.terminal()) {
            synchronized (totals) {
                command.print(result, line);
            }
        }
    }

    /** Waits for all transfers, prints the sum, and returns the exit code. */
    int finish() throws InterruptedException {
        waiting.acquire(places);
        waiting.release(places);
        synchronized (totals) {
            if (!command.quiet && !command.json) {
                display.message(summary());
            }
            if (totals.failed == 0) {
                return 0;
            }
            boolean same = totals.exitCodes.size() == 1 && totals.files == 0;
            return same ? totals.exitCodes.iterator().next() : CommandFailure.SOME_FAILED;
        }
    }

    private String summary() {
        double seconds = Math.max((System.nanoTime() - began) / 1e9, 1e-3);
        return String.format(
                Locale.ROOT,
                "%d files, %s in %.1f s, %s/s%s%s%s",
                totals.files,
                ByteText.of(totals.bytes),
                seconds,
                ByteText.of((long) (totals.bytes / seconds)),
                totals.before == 0 ? "" : ", " + ByteText.of(totals.before) + " were there before",
                totals.skipped == 0 ? "" : ", " + totals.skipped + " skipped",
                totals.failed == 0 ? "" : ", " + totals.failed + " failed");
    }

    /** Prints a line beside the progress. */
    void message(String line) {
        display.message(line);
    }

    boolean hasFailures() {
        synchronized (totals) {
            return totals.failed > 0;
        }
    }

    /** Ends the threads, which have nothing to do any more unless the command fails. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean ended = threads.awaitTermination(10, TimeUnit.SECONDS);
            if (!ended) {
                display.message("stowage: some transfers have not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        display.close();
    }
}
