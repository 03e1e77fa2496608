package dev.stowage.local;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.LinkedBlobs;
import dev.stowage.local.blob.StoredBlob;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.OutcomeUnknown;
import dev.stowage.local.index.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts objects together without moving a byte: the new one's segments are further names of the files of the others. */
final class Joining {

    private final Index index;
    private final ObjectIndex objects;
    private final BlobStore blobs;
    private final Trash trash;

    Joining(Index index, ObjectIndex objects, BlobStore blobs, Trash trash) {
        this.index = index;
        this.objects = objects;
        this.blobs = blobs;
        this.trash = trash;
    }

    /** As {@link dev.stowage.core.port.ObjectStore#join} has it; not where the file system has no hard links. */
    Optional<ObjectInfo> join(List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes) {
        List<StoredBlob> segments = new ArrayList<>();
        for (ObjectKey source : sources) {
            segments.addAll(index.read(
                    handle -> objects.blobs(handle, source).orElseThrow(() -> NotFound.file(source.value()))));
        }
        if (segments.size() > PartNumber.MAX) {
            return Optional.empty();
        }
        try (LinkedBlobs linked = blobs.link(segments)) {
            if (linked.isIncomplete()) {
                return Optional.empty();
            }
            Stored<ObjectInfo> joined = commit(linked, target, attributes);
            trash.emptyAfter(joined.freed());
            return Optional.of(joined.value());
        }
    }

    private Stored<ObjectInfo> commit(LinkedBlobs linked, ObjectKey target, ObjectAttributes attributes) {
        try {
            Stored<ObjectInfo> joined = index.write(handle -> objects.join(handle, target, attributes, linked.blobs()));
            linked.keep();
            return joined;
        } catch (StorageUnavailable e) {
            if (e.getCause() instanceof OutcomeUnknown) {
                linked.leave();
            }
            throw e;
        }
    }
}
