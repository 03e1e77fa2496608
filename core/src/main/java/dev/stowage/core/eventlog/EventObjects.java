package dev.stowage.core.eventlog;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.event.EventType;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects whose changes are recorded as events. */
final class EventObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final ChangeRecorder recorder;

    EventObjects(ObjectStore store, ChangeRecorder recorder) {
        super(store);
        this.store = store;
        this.recorder = recorder;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return new EventObjects(new FencedObjects(store, fence), recorder);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return recorder.write(
                key,
                () -> store.put(key, content, options),
                stored -> Optional.of(new ChangeRecorder.Stored(
                        stored.info(),
                        stored.created().orElse(true) ? EventType.FILE_CREATED : EventType.FILE_UPDATED)));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return recorder.delete(keys, () -> store.delete(keys));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return recorder.delete(keys, () -> store.remove(keys));
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return recorder.delete(List.copyOf(tags.keySet()), () -> store.deleteMatching(tags));
    }

    /** A copy of an object to itself changes its attributes. */
    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        EventType type = source.equals(target) ? EventType.FILE_UPDATED : ChangeRecorder.typeUnder(options.condition());
        return recorder.write(
                target,
                () -> store.copy(source, target, options),
                made -> Optional.of(new ChangeRecorder.Stored(made, type)));
    }

    /** Without copies of many objects at once, because each copy is recorded by itself. */
    @Override
    public Set<Capability> capabilities() {
        return capabilitiesWithout(Capability.BULK_COPY);
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("Each copy is recorded by itself");
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return recorder.write(
                target,
                () -> store.concatenate(sources, target, attributes, condition),
                joined -> joined.map(made -> new ChangeRecorder.Stored(made, ChangeRecorder.typeUnder(condition))));
    }
}
