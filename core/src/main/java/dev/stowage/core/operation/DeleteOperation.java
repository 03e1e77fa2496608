package dev.stowage.core.operation;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes files, as many at once as the store takes. A file that is not there is skipped. */
final class DeleteOperation implements JobOperation {

    private static final int AT_ONCE = 1000;
    private static final String NOT_THERE = "File not found";

    private final ObjectStore store;

    DeleteOperation(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "delete";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.DELETE);
    }

    @Override
    public JobSpec check(JobSpec spec) {
        SpecRules.refuse(name(), spec.target(), "prefix", "strip_prefix", "key");
        SpecRules.refuseAttributes(name(), spec.target());
        return spec;
    }

    @Override
    public void run(ItemRun run) {
        Iterator<JobItem> items = run.items();
        Map<ObjectKey, JobItem> batch = new LinkedHashMap<>();
        while (items.hasNext()) {
            JobItem item = items.next();
            if (batch.putIfAbsent(item.key(), item) != null) {
                run.done(item, new Outcome.Skipped("The file is in the list twice"));
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        List<ObjectKey> keys = List.copyOf(batch.keySet());
        boolean listed = run.spec().source() instanceof JobSource.Prefix;
        for (DeleteResult result : listed ? store.remove(keys) : store.delete(keys)) {
            JobItem item = batch.get(result.key());
            if (item != null) {
                run.done(item, outcome(item, result));
            }
        }
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> store.stat(item.key())
                .<Outcome>map(info -> new Outcome.Succeeded(info.size(), "Would be deleted"))
                .orElseGet(() -> new Outcome.Skipped(NOT_THERE)));
    }

    private static Outcome outcome(JobItem item, DeleteResult result) {
        if (result instanceof DeleteResult.Failed failed) {
            return new Outcome.Failed(failed.reason());
        }
        // What is gone after an earlier attempt is this job's doing.
        return result instanceof DeleteResult.Missing && item.attempts() == 0
                ? new Outcome.Skipped(NOT_THERE)
                : Outcome.succeeded(item.size().orElse(0));
    }
}
