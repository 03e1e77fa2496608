package dev.stowage.core.batch;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.object.ObjectInfo;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A batch that shows the operation only the items whose files are selected, each with the version that was compared. Missing files are
 * left to the operation, which reports them as without a filter. For one thread.
 */
final class FilteredRun implements ItemRun {

    private final ItemRun run;
    private final FilteredOperation operation;

    FilteredRun(ItemRun run, FilteredOperation operation) {
        this.run = run;
        this.operation = operation;
    }

    @Override
    public JobSpec spec() {
        return run.spec();
    }

    @Override
    public boolean isLastAttempt() {
        return run.isLastAttempt();
    }

    @Override
    public Iterator<JobItem> items() {
        return operation.filters() ? run.items() : new Selected(run.items());
    }

    @Override
    public boolean selects(JobItem item, ObjectInfo file) {
        return operation.selects(spec(), item, file);
    }

    @Override
    public void done(JobItem item, Outcome outcome) {
        run.done(item, outcome);
    }

    @Override
    public void note(List<JobItem> items) {
        run.note(items);
    }

    /** Returns the item if it is selected; otherwise reports its outcome. */
    private Optional<JobItem> select(JobItem item) {
        try {
            Optional<ObjectInfo> file = operation.files().get().stat(item.key());
            if (file.isEmpty()) {
                return Optional.of(item);
            }
            if (selects(item, file.get())) {
                return Optional.of(item.of(file.get().size(), file.get().etag()));
            }
            run.done(item, new Outcome.LeftOut());
        } catch (StorageException e) {
            boolean startsOver = operation.batchSize() == JobOperation.ALL && !isLastAttempt();
            if (e instanceof StorageUnavailable && startsOver) {
                throw e;
            }
            run.done(item, new Outcome.Failed(e));
        }
        return Optional.empty();
    }

    private final class Selected implements Iterator<JobItem> {

        private final Iterator<JobItem> items;
        private Optional<JobItem> next = Optional.empty();

        Selected(Iterator<JobItem> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && items.hasNext()) {
                next = select(items.next());
            }
            return next.isPresent();
        }

        @Override
        public JobItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            JobItem item = next.orElseThrow();
            next = Optional.empty();
            return item;
        }
    }
}
