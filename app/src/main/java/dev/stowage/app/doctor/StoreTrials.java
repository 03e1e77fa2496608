package dev.stowage.app.doctor;

import dev.stowage.core.port.Storage;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Tries what the service needs of a store, and what it can use, on objects under a prefix of their own. They are deleted at the end. When
 * a run is killed, one that begins an hour later deletes them. Takes some seconds, and transfers less than 100 MB.
 */
public final class StoreTrials {

    private final Storage storage;
    private final InstantSource clock;

    /** @param clock the clock of this machine */
    public StoreTrials(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Runs all trials. A failure does not end the run. */
    public void run(Consumer<Finding> report) {
        TrialFiles files = new TrialFiles(storage);
        TrialRun trials = new TrialRun(report);
        new ObjectTrials(storage, files, clock).run(trials);
        new ConditionTrials(storage, files).run(trials);
        new UploadTrials(storage, files).run(trials);
        new SignedUrlTrials(storage, files).run(trials);
        trials.optional("files of killed runs", () -> {
            int abandoned = files.clearAbandoned();
            return abandoned == 0 ? "none" : abandoned + " deleted";
        });
        trials.required("clean-up", () -> {
            int left = files.clear();
            TrialFailed.unless(left == 0, left + " objects or uploads are left under " + files.prefix());
            return "nothing is left";
        });
    }
}
