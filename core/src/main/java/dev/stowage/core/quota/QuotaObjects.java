package dev.stowage.core.quota;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.fence.FencedObjects;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.records.Quota;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Objects whose sizes are counted for their projects. */
final class QuotaObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final ProjectQuotas quotas;
    private final QuotaLedger writes;

    QuotaObjects(ObjectStore store, ProjectQuotas quotas, QuotaLedger writes) {
        super(store);
        this.store = store;
        this.quotas = quotas;
        this.writes = writes;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return new QuotaObjects(new FencedObjects(store, fence), quotas, writes);
    }

    /**
     * For a body of unknown length, the reservation grows while it is read; the body fails before its last byte if the quota is exceeded.
     */
    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        Optional<Quota> quota = quotas.of(key);
        if (quota.isEmpty()) {
            return store.put(key, content, options);
        }
        boolean checked = quota.get().limit().isPresent() && content.length().isEmpty();
        return writes.write(
                key,
                quota.get(),
                content.length().orElse(0),
                allowance -> store.put(key, checked ? allowance.guard(content) : content, options),
                stored -> stored.info().size());
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return delete(keys, store::delete);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys, store::remove);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return delete(List.copyOf(tags.keySet()), keys -> store.deleteMatching(tags));
    }

    /**
     * Reserves the size of the source before the copy. A source that grows at that moment may exceed the quota. A move within a project may
     * exceed it until the source is deleted, see {@link QuotaLedger#move}.
     */
    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        Optional<Quota> quota = quotas.of(target);
        if (quota.isEmpty()) {
            return store.copy(source, target, options);
        }
        long size = quota.get().limit().isPresent()
                ? store.stat(source).map(ObjectInfo::size).orElse(0L)
                : 0;
        Supplier<ObjectInfo> copy = () -> store.copy(source, target, options);
        return options.move() && quotas.of(source).equals(quota)
                ? writes.move(source, target, quota.get(), size, copy)
                : writes.write(target, quota.get(), size, allowance -> copy.get(), ObjectInfo::size);
    }

    /** Without copies of many objects at once, because each copy is counted by itself. */
    @Override
    public Set<Capability> capabilities() {
        return capabilitiesWithout(Capability.BULK_COPY);
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("Each copy is counted by itself");
    }

    /** Reserves the total size of the sources, which are not written to meanwhile. */
    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        Optional<Quota> quota = quotas.of(target);
        if (quota.isEmpty()) {
            return store.concatenate(sources, target, attributes, condition);
        }
        long size = quota.get().limit().isPresent()
                ? sources.stream()
                        .flatMap(source -> store.stat(source).stream())
                        .mapToLong(ObjectInfo::size)
                        .sum()
                : 0;
        return writes.concatenate(
                target, quota.get(), size, () -> store.concatenate(sources, target, attributes, condition));
    }

    private List<DeleteResult> delete(List<ObjectKey> keys, Function<List<ObjectKey>, List<DeleteResult>> delete) {
        Map<ObjectKey, String> projects = new LinkedHashMap<>();
        keys.forEach(key -> quotas.of(key).ifPresent(quota -> projects.put(key, quota.project())));
        return projects.isEmpty() ? delete.apply(keys) : writes.delete(projects, () -> delete.apply(keys));
    }
}
