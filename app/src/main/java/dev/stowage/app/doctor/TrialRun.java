package dev.stowage.app.doctor;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.StorageException;
import java.io.IOException;
import java.util.function.Consumer;

/** Runs trials of a store one after the other, and reports the result of each. A failure does not end the run. */
final class TrialRun {

    private final Consumer<Finding> report;

    TrialRun(Consumer<Finding> report) {
        this.report = report;
    }

    /** The service can't work with a store that fails here; one that does not support it is told apart. */
    void required(String name, Trial trial) {
        run(name, trial, Finding.Verdict.FAILED);
    }

    /** The service works with a store that fails here. */
    void optional(String name, Trial trial) {
        run(name, trial, Finding.Verdict.WARNING);
    }

    private void run(String name, Trial trial, Finding.Verdict onFailure) {
        long began = System.nanoTime();
        try {
            String found = trial.run();
            report.accept(Finding.ok(name, found + " (" + (System.nanoTime() - began) / 1_000_000 + " ms)"));
        } catch (NotSupported e) {
            report.accept(Finding.unsupported(name, String.valueOf(e.getMessage())));
        } catch (TrialFailed | StorageException e) {
            report.accept(new Finding(name, onFailure, String.valueOf(e.getMessage()), ""));
        } catch (IOException | RuntimeException e) {
            report.accept(new Finding(name, onFailure, e.toString(), ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.accept(new Finding(name, onFailure, "interrupted", ""));
        }
    }

    /** One trial. */
    @FunctionalInterface
    interface Trial {

        /**
         * @return what was found, in a few words
         * @throws TrialFailed when the store did something else than it should
         * @throws NotSupported when the store does not offer it
         */
        String run() throws IOException, InterruptedException;
    }
}
