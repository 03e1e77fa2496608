package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;
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
        ObjectKey target = target(spec, item);
        CopyOptions options = item.key().isFolder() ? marker(item.key()) : CopyOptions.DEFAULT;
        return Outcome.succeeded(store.copy(item.key(), target, options).size());
    }

    /** Copies only the empty version that was found. */
    private CopyOptions marker(ObjectKey key) {
        ObjectInfo found = store.stat(key).orElseThrow(() -> NotFound.file(key.value()));
        checkFolder(key, found.size());
        return new CopyOptions(WriteCondition.NONE, Optional.of(found.etag()), AttributeChanges.NONE);
    }
}
