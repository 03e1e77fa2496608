package dev.stowage.worker.job;

import dev.stowage.core.batch.ItemRun;
import dev.stowage.core.batch.Outcome;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import java.util.Iterator;
import java.util.List;

/** One item of a batch, run by itself. */
record SingleItem(ItemRun batch, JobItem item) implements ItemRun {

    @Override
    public JobSpec spec() {
        return batch.spec();
    }

    @Override
    public boolean isLastAttempt() {
        return batch.isLastAttempt();
    }

    @Override
    public Iterator<JobItem> items() {
        return List.of(item).iterator();
    }

    @Override
    public void done(JobItem done, Outcome outcome) {
        batch.done(done, outcome);
    }

    @Override
    public void note(List<JobItem> items) {
        batch.note(items);
    }
}
