package dev.stowage.local;

import dev.stowage.core.access.Origin;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.LinkedBlobs;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.Stored;
import java.util.List;
import java.util.Optional;

/** Concatenates objects without copying their bytes: the segments of the new object are hard links to the blobs of the others. */
final class ObjectConcatenation {

    private final Index index;
    private final ObjectIndex objects;
    private final BlobStore blobs;
    private final BlobGarbage garbage;

    ObjectConcatenation(Index index, ObjectIndex objects, BlobStore blobs, BlobGarbage garbage) {
        this.index = index;
        this.objects = objects;
        this.blobs = blobs;
        this.garbage = garbage;
    }

    /** See {@link dev.stowage.core.port.ObjectStore#concatenate}; empty where the file system has no hard links. */
    Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources,
            ObjectKey target,
            ObjectAttributes attributes,
            WriteCondition condition,
            Origin origin) {
        try (LinkedBlobs linked = blobs.link()) {
            for (ObjectKey source : sources) {
                // One source at a time is read into memory: there may be thousands.
                linked.addAll(index.read(
                        handle -> objects.bodies(handle, source).orElseThrow(() -> NotFound.file(source.value()))));
                if (linked.isIncomplete() || linked.blobs().size() > PartNumber.MAX) {
                    return Optional.empty();
                }
            }
            Stored<ObjectInfo> joined = commit(linked, target, attributes, condition, origin);
            garbage.deleteFreed(joined.freed());
            return Optional.of(joined.value());
        }
    }

    private Stored<ObjectInfo> commit(
            LinkedBlobs linked,
            ObjectKey target,
            ObjectAttributes attributes,
            WriteCondition condition,
            Origin origin) {
        ObjectIndex changes = objects.by(origin);
        try {
            Stored<ObjectInfo> joined =
                    index.write(handle -> changes.concatenate(handle, target, attributes, condition, linked.blobs()));
            linked.keep();
            return joined;
        } catch (StorageUnavailable e) {
            if (e.isOutcomeUnknown()) {
                linked.leave();
            }
            throw e;
        }
    }
}
