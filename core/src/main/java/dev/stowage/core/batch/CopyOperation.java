package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;
import java.util.Set;

/** Copies files to other keys within the store, replacing existing files. */
final class CopyOperation implements JobOperation {

    private static final int AT_ONCE = 500;

    private final ObjectStore store;
    private final KeyLayout layout;

    CopyOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
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
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(KeyMappings.target(layout, spec, key));
    }

    @Override
    public Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.of(KeyMappings.mapping(spec).map(source));
    }

    @Override
    public JobSpec check(JobSpec spec) {
        return KeyMappings.check(spec, layout);
    }

    @Override
    public boolean waitsForAll(JobSpec spec) {
        return waitsForTarget(spec);
    }

    @Override
    public void run(ItemRun run) {
        run.items().forEachRemaining(item -> run.done(item, Outcome.of(() -> copy(run.spec(), item))));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> {
            ObjectKey target = KeyMappings.target(layout, spec, item.key());
            ObjectInfo source = store.stat(item.key())
                    .orElseThrow(() -> NotFound.file(item.key().value()));
            return new Outcome.Succeeded(source.size(), "Would be stored at " + target);
        });
    }

    private Outcome copy(JobSpec spec, JobItem item) {
        return Outcome.succeeded(
                store.copy(item.key(), KeyMappings.target(layout, spec, item.key()), CopyOptions.DEFAULT)
                        .size());
    }

    /** Without {@code strip_prefix}, the prefix to replace is known only once all of a manifest was read. */
    static boolean waitsForTarget(JobSpec spec) {
        return spec.source() instanceof JobSource.Manifest
                && spec.target().stripPrefix().isEmpty();
    }
}
