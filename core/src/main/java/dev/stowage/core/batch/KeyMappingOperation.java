package dev.stowage.core.batch;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An operation that stores each file, and each folder marker, at another key. */
abstract class KeyMappingOperation implements JobOperation {

    private final ObjectStore store;
    private final KeyLayout layout;

    KeyMappingOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
    }

    /** Copies items to their targets, at once if the store can do that, and returns the result of each. */
    final Map<JobItem, CopyResult> copyAll(JobSpec spec, List<JobItem> items, Function<JobItem, CopyOptions> options) {
        Map<JobItem, CopyResult> results = new LinkedHashMap<>();
        List<Copy> copies = new ArrayList<>();
        List<JobItem> copied = new ArrayList<>();
        for (JobItem item : items) {
            try {
                copies.add(new Copy(item.key(), target(spec, item), options.apply(item)));
                copied.add(item);
            } catch (StorageException e) {
                results.put(item, new CopyResult.Failed(e));
            }
        }
        Iterator<CopyResult> made = copyAll(copies).iterator();
        copied.forEach(item -> results.put(item, made.next()));
        return results;
    }

    private List<CopyResult> copyAll(List<Copy> copies) {
        return isBulk() && !copies.isEmpty()
                ? store.copyAll(copies)
                : copies.stream()
                        .map(copy -> CopyResult.of(() -> store.copy(copy.source(), copy.target(), copy.options())))
                        .toList();
    }

    /** Whether the store makes many copies at once. */
    final boolean isBulk() {
        return store.capabilities().contains(Capability.BULK_COPY);
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
            ObjectInfo source = StoreProbe.find(store, item.key());
            checkFolder(item.key(), source.size());
            return new Outcome.Succeeded(source.size(), "Would be stored at " + target);
        });
    }
}
