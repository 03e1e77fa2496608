package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes one file that lists all files with their properties, which is stored while it is created. Nothing exists under its key until it is
 * complete, and an interrupted inventory is started again.
 */
final class InventoryOperation implements JobOperation {

    private final ObjectStore store;
    private final KeyLayout layout;

    InventoryOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
    }

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public int batchSize() {
        return ALL;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.READ);
    }

    /** The files are only read, and the submission of the job is in the audit log with the key of the inventory. */
    @Override
    public boolean changesFiles() {
        return false;
    }

    @Override
    public boolean filters() {
        return true;
    }

    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(target(spec));
    }

    @Override
    public JobSpec check(JobSpec spec) {
        JobTarget target = spec.target();
        SpecRules.refuse(name(), target, "prefix", "strip_prefix");
        AttributeChanges changes = target.changes();
        AttributeChanges others = new AttributeChanges(Optional.empty(), changes.metadata(), changes.headers());
        SpecRules.refuseAttributes(name(), new JobTarget(target.prefix(), target.stripPrefix(), target.key(), others));
        layout.check(target(spec));
        InventoryFormat unused = format(spec);
        return spec;
    }

    @Override
    public void run(ItemRun run) {
        ObjectKey target = target(run.spec());
        InventoryFormat format = format(run.spec());
        int concurrency = run.spec().options().concurrency();
        try (PropertyReader files = new PropertyReader(store, run.items(), concurrency)) {
            InventoryStream inventory =
                    new InventoryStream(target, format, run, files, () -> StoreProbe.answers(store));
            if (inventory.begin()) {
                // The store closes the stream.
                PutResult unused = store.put(
                        target,
                        Content.once(inventory, OptionalLong.empty()),
                        PutOptions.of(new ObjectAttributes(format.type(), Metadata.NONE)));
            }
        }
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() ->
                new Outcome.Succeeded(StoreProbe.find(store, item.key()).size(), "Would be listed in " + target(spec)));
    }

    private ObjectKey target(JobSpec spec) {
        return SpecRules.require(name(), "key", spec.target().key());
    }

    private InventoryFormat format(JobSpec spec) {
        return InventoryFormat.of(target(spec), spec.target().changes().contentType());
    }
}
