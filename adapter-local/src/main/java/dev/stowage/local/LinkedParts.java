package dev.stowage.local;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.LinkedBlobs;
import dev.stowage.local.blob.StoredBlob;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.Stored;
import dev.stowage.local.index.UploadIndex;
import java.util.List;
import java.util.Optional;

/**
 * Stores parts with the bytes of objects without copying them: as hard links to blobs. Clients that copy an object in parts usually ask for
 * the ranges of the parts that it was made of, each of which is a blob. Of other ranges the digest is unknown, so their bytes must be read.
 */
final class LinkedParts {

    private final Index index;
    private final ObjectIndex objects;
    private final UploadIndex uploads;
    private final BlobStore blobs;

    LinkedParts(Index index, ObjectIndex objects, UploadIndex uploads, BlobStore blobs) {
        this.index = index;
        this.objects = objects;
        this.uploads = uploads;
        this.blobs = blobs;
    }

    /** Returns the part and what storing it has freed; empty when no blob has exactly these bytes, or it can't be linked. */
    Optional<Stored<PartInfo>> link(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        Optional<StoredBlob> blob = index.read(handle -> {
            UploadInfo unused = uploads.get(handle, key, upload);
            return objects.blob(handle, source);
        });
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try (LinkedBlobs linked = blobs.link()) {
            linked.addAll(List.of(blob.get()));
            return linked.isIncomplete() ? Optional.empty() : Optional.of(commit(linked, key, upload, number));
        }
    }

    private Stored<PartInfo> commit(LinkedBlobs linked, ObjectKey key, UploadId upload, PartNumber number) {
        StoredBlob blob = linked.blobs().get(0);
        try {
            Stored<PartInfo> part = index.write(handle -> uploads.putPart(handle, key, upload, number, blob));
            linked.keep();
            return part;
        } catch (StorageUnavailable e) {
            if (e.isOutcomeUnknown()) {
                linked.leave();
            }
            throw e;
        }
    }
}
