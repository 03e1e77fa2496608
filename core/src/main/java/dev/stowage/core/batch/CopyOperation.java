package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Set;

/** Copies files to other keys within the store, replacing existing files. */
final class CopyOperation extends KeyMappingOperation {

    private static final int AT_ONCE = 500;

    private final ObjectStore store;

    CopyOperation(ObjectStore store, KeyLayout layout) {
        super(store, layout);
        this.store = store;
    }

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.READ);
    }

    @Override
    public void run(ItemRun run) {
        run.items().forEachRemaining(item -> run.done(item, Outcome.of(() -> copy(run.spec(), item))));
    }

    private Outcome copy(JobSpec spec, JobItem item) {
        return Outcome.succeeded(
                store.copy(item.key(), target(spec, item), CopyOptions.DEFAULT).size());
    }
}
