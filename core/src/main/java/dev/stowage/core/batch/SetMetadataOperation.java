package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;
import java.util.Set;

/**
 * Changes files' attributes without sending their bytes. Attributes that are not named are kept. Keys do not change, so they need not be
 * valid for writing.
 */
final class SetMetadataOperation implements JobOperation {

    private static final int AT_ONCE = 250;

    private final ObjectStore store;

    SetMetadataOperation(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "set_metadata";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.WRITE);
    }

    @Override
    public JobSpec check(JobSpec spec) {
        JobTarget target = spec.target();
        SpecRules.refuse(name(), target, "prefix", "strip_prefix", "key");
        if (target.changes().isEmpty()) {
            throw SpecRules.invalid(
                    "metadata",
                    name() + " needs at least one attribute to change, such as target.metadata or target.content_type");
        }
        return spec;
    }

    @Override
    public void run(ItemRun run) {
        run.items().forEachRemaining(item -> run.done(item, Outcome.of(() -> set(run.spec(), item))));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> {
            ObjectInfo info = StoreProbe.find(store, item.key());
            return info.attributes().equals(wanted(spec, info))
                    ? upToDate()
                    : new Outcome.Succeeded(info.size(), "Would be changed");
        });
    }

    @Override
    public boolean mayHaveChanged(JobSpec spec, ObjectInfo file) {
        return file.attributes().equals(wanted(spec, file));
    }

    private Outcome set(JobSpec spec, JobItem item) {
        ObjectInfo info = StoreProbe.find(store, item.key());
        ObjectAttributes wanted = wanted(spec, info);
        if (info.attributes().equals(wanted)) {
            return item.attempts() == 0 ? upToDate() : Outcome.succeeded(info.size());
        }
        CopyOptions ontoItself = new CopyOptions(
                WriteCondition.NONE, Optional.of(info.etag()), spec.target().changes());
        return Outcome.succeeded(store.copy(item.key(), item.key(), ontoItself).size());
    }

    private static ObjectAttributes wanted(JobSpec spec, ObjectInfo info) {
        return spec.target()
                .changes()
                .applyTo(info.attributes())
                .expiring(info.attributes().expiry());
    }

    private static Outcome upToDate() {
        return new Outcome.Skipped("The file already has these values");
    }
}
