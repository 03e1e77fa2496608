package dev.stowage.core.operation;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A batch of which only those items are seen that the job's owner may do this with; the others fail. What is done with the others goes to
 * the audit log.
 */
public final class PermittedRun implements ItemRun {

    private final ItemRun run;
    private final JobOperation operation;
    private final JobAccess access;
    private final Supplier<Principal> owner;

    /** @param owner is asked at each item */
    public PermittedRun(ItemRun run, JobOperation operation, JobAccess access, Supplier<Principal> owner) {
        this.run = run;
        this.operation = operation;
        this.access = access;
        this.owner = owner;
    }

    @Override
    public JobSpec spec() {
        return run.spec();
    }

    @Override
    public Iterator<JobItem> items() {
        return new Permitted(run.items());
    }

    @Override
    public void done(JobItem item, Outcome outcome) {
        run.done(item, outcome);
        access.tell(owner.get(), operation, item, outcome);
    }

    @Override
    public void note(List<JobItem> items) {
        run.note(items);
    }

    private final class Permitted implements Iterator<JobItem> {
        private final Iterator<JobItem> items;
        private Optional<JobItem> next = Optional.empty();

        Permitted(Iterator<JobItem> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && items.hasNext()) {
                JobItem item = items.next();
                Optional<AccessDenied> refusal = access.refusal(owner.get(), operation, spec(), item);
                if (refusal.isPresent()) {
                    run.done(item, new Outcome.Failed(refusal.get()));
                } else {
                    next = Optional.of(item);
                }
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
