package dev.stowage.core.batch;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A batch that shows the operation only the items that can be processed: the job's owner has the right to, and the target key is valid.
 * Every other item fails. The outcomes of the items are written to the audit log. For one thread.
 */
final class PermittedRun implements ItemRun {

    private final ItemRun run;
    private final JobOperation operation;
    private final JobAccess access;
    private final Supplier<Principal> owner;
    private Optional<Principal> known = Optional.empty();

    /** @param owner supplies the owner with its current rights, before each item is processed */
    PermittedRun(ItemRun run, JobOperation operation, JobAccess access, Supplier<Principal> owner) {
        this.run = run;
        this.operation = operation;
        this.access = access;
        this.owner = owner;
    }

    /** Returns the owner, as known at the last item; empty before the first one. */
    Optional<Principal> principal() {
        return known;
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
        return new Permitted(run.items());
    }

    @Override
    public void done(JobItem item, Outcome outcome) {
        if (outcome instanceof Outcome.LeftOut) {
            run.done(item, outcome);
            return;
        }
        try {
            run.done(item, outcome);
        } finally {
            // The file was changed, whether or not that could be recorded. The principal is not read again, as that may
            // fail.
            known.ifPresent(principal -> access.record(principal, operation, spec(), item, outcome));
        }
    }

    @Override
    public void note(List<JobItem> items) {
        run.note(items);
    }

    private Optional<StorageException> refusal(JobItem item) {
        try {
            Principal principal = owner.get();
            known = Optional.of(principal);
            access.check(principal, operation, spec(), item);
            return Optional.empty();
        } catch (StorageException e) {
            return Optional.of(e);
        }
    }

    private final class Permitted implements Iterator<JobItem> {
        private final Iterator<JobItem> items;
        private Optional<JobItem> next = Optional.empty();
        private Optional<JobItem> first = Optional.empty();
        private long refused;

        Permitted(Iterator<JobItem> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && items.hasNext()) {
                JobItem item = items.next();
                Optional<StorageException> refusal = refusal(item);
                if (refusal.isPresent()) {
                    fail(item, refusal.get());
                } else {
                    next = Optional.of(item);
                }
            }
            if (next.isEmpty()) {
                recordRefused();
            }
            return next.isPresent();
        }

        /** Counts refused items, so that a long list without permissions does not fill the audit log. */
        private void fail(JobItem item, StorageException reason) {
            if (reason instanceof AccessDenied) {
                run.done(item, new Outcome.Failed(reason));
                first = first.or(() -> Optional.of(item));
                refused++;
            } else {
                done(item, new Outcome.Failed(reason));
            }
        }

        private void recordRefused() {
            first.ifPresent(item -> access.recordRefused(known.orElseThrow(), operation, spec(), item, refused));
            first = Optional.empty();
            refused = 0;
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
