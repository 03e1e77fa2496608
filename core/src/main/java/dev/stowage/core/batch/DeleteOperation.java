package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes files, as many at once as the store accepts. Missing files are skipped. If the store can delete many versions at once, files that
 * were listed are deleted only in the listed version; newer versions are skipped.
 */
final class DeleteOperation implements JobOperation {

    private static final int AT_ONCE = 1000;
    private static final String NOT_THERE = "File not found";
    private static final String REPLACED = "The file was replaced after it was listed; it is kept";

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
    public boolean isAboutListedVersions() {
        return store.capabilities().contains(Capability.BULK_CONDITIONAL_DELETE);
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
        Map<ObjectKey, Etag> versions = new LinkedHashMap<>();
        while (items.hasNext()) {
            JobItem item = items.next();
            if (batch.putIfAbsent(item.key(), item) != null) {
                run.done(item, new Outcome.Skipped("The file is in the list twice"));
            } else if (isAboutListedVersions()) {
                item.etag().ifPresent(etag -> versions.put(item.key(), etag));
            }
        }
        List<ObjectKey> keys = batch.keySet().stream()
                .filter(key -> !versions.containsKey(key))
                .toList();
        if (!versions.isEmpty()) {
            report(run, batch, store.deleteMatching(versions));
        }
        if (!keys.isEmpty()) {
            boolean listed = run.spec().source() instanceof JobSource.Prefix;
            report(run, batch, listed ? store.remove(keys) : store.delete(keys));
        }
    }

    private static void report(ItemRun run, Map<ObjectKey, JobItem> batch, List<DeleteResult> results) {
        for (DeleteResult result : results) {
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
            return failed.reason() instanceof PreconditionFailed
                    ? new Outcome.Skipped(REPLACED)
                    : new Outcome.Failed(failed.reason());
        }
        // A file that is missing after an earlier attempt was deleted by this job.
        return result instanceof DeleteResult.Missing && item.attempts() == 0
                ? new Outcome.Skipped(NOT_THERE)
                : Outcome.succeeded(item.size().orElse(0));
    }
}
