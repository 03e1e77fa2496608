package dev.stowage.core.batch;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.util.Map;
import java.util.Optional;

/** An operation that stores each file, and each folder marker, at another key. */
abstract class KeyMappingOperation implements JobOperation {

    private final ObjectStore store;
    private final KeyLayout layout;

    KeyMappingOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
    }

    /** Returns the target key of an item. @throws InvalidInput when that key is not valid */
    final ObjectKey target(JobSpec spec, JobItem item) {
        return KeyMappings.target(layout, spec, item.key());
    }

    /**
     * Checks that an object may have the key of its target, which ends with a slash if its own does.
     *
     * @throws InvalidInput when it has content, as only other clients of the store can have given it
     */
    static void checkFolder(ObjectKey key, long size) {
        if (key.isFolder() && size > 0) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "An object with content can't be stored under a key that ends with a slash, such as " + key,
                    Map.of("reason", "folder", "key", key.value()));
        }
    }

    @Override
    public final Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(KeyMappings.target(layout, spec, key));
    }

    @Override
    public final Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.of(KeyMappings.mapping(spec).map(source));
    }

    @Override
    public final JobSpec check(JobSpec spec) {
        return KeyMappings.check(spec, layout);
    }

    /** Without {@code strip_prefix}, the prefix to replace is known only once all of a manifest was read. */
    @Override
    public final boolean waitsForAll(JobSpec spec) {
        return spec.source() instanceof JobSource.Manifest
                && spec.target().stripPrefix().isEmpty();
    }

    @Override
    public final Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> {
            ObjectKey target = target(spec, item);
            ObjectInfo source = store.stat(item.key())
                    .orElseThrow(() -> NotFound.file(item.key().value()));
            checkFolder(item.key(), source.size());
            return new Outcome.Succeeded(source.size(), "Would be stored at " + target);
        });
    }
}
