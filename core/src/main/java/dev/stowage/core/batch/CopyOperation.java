package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies files to other keys within the store, replacing existing files. A batch is copied at once if the store can do that, unless the job
 * ends with the first item that fails.
 */
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
        List<JobItem> together = new ArrayList<>();
        boolean oneByOne = !isBulk() || run.spec().options().stopOnError();
        run.items().forEachRemaining(item -> {
            together.add(item);
            if (oneByOne) {
                copy(run, together);
                together.clear();
            }
        });
        copy(run, together);
    }

    private void copy(ItemRun run, List<JobItem> items) {
        copyAll(run.spec(), items, this::options).forEach((item, result) -> run.done(item, outcome(result)));
    }

    private static Outcome outcome(CopyResult result) {
        return result instanceof CopyResult.Copied copied
                ? Outcome.succeeded(copied.target().size())
                : new Outcome.Failed(((CopyResult.Failed) result).reason());
    }

    private CopyOptions options(JobItem item) {
        return item.key().isFolder() ? marker(item.key()) : CopyOptions.DEFAULT;
    }

    /** Copies only the empty version that was found. */
    private CopyOptions marker(ObjectKey key) {
        ObjectInfo found = StoreProbe.find(store, key);
        checkFolder(key, found.size());
        return new CopyOptions(WriteCondition.NONE, Optional.of(found.etag()), AttributeChanges.NONE);
    }
}
