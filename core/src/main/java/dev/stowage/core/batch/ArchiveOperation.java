package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Creates one ZIP file of all files, and stores it while it is created; in parts, if the store takes large files in parts. Nothing exists
 * under its key until it is complete, and an interrupted archive is started again.
 */
final class ArchiveOperation implements JobOperation {

    private static final ObjectAttributes ZIP = new ObjectAttributes(new ContentType("application/zip"), Metadata.NONE);

    private final ObjectStore store;
    private final KeyLayout layout;

    ArchiveOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public int batchSize() {
        return ALL;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.READ);
    }

    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(target(spec));
    }

    @Override
    public JobSpec check(JobSpec spec) {
        SpecRules.refuse(name(), spec.target(), "prefix");
        SpecRules.refuseAttributes(name(), spec.target());
        layout.check(target(spec));
        return spec;
    }

    @Override
    public void run(ItemRun run) {
        ObjectKey target = target(run.spec());
        KeyPrefix strip = run.spec().target().stripPrefix().orElse(KeyPrefix.ALL);
        Iterator<JobItem> items = run.items();
        if (!items.hasNext()) {
            return;
        }
        ArchiveStream archive = new ArchiveStream(store, target, strip, run, items);
        store.put(target, Content.once(archive, OptionalLong.empty()), PutOptions.of(ZIP));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() ->
                new Outcome.Succeeded(StoreProbe.find(store, item.key()).size(), "Would be added to " + target(spec)));
    }

    private ObjectKey target(JobSpec spec) {
        return SpecRules.require(name(), "key", spec.target().key());
    }
}
