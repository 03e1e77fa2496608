package dev.stowage.testkit.quota;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlVerifier;
import java.util.List;
import java.util.Optional;

/** A store that runs an action before and after each change. Its signed URLs lead to the store itself. */
final class InterceptedStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;

    InterceptedStorage(Storage storage, Runnable action) {
        this(storage, new InterceptedObjects(storage.objects(), action), action);
    }

    InterceptedStorage(Storage storage, ObjectStore objects, Runnable action) {
        super(storage);
        this.objects = objects;
        this.uploads = new ForwardingMultipartStore(storage.uploads()) {
            @Override
            public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
                action.run();
                ObjectInfo completed = super.complete(key, upload, parts, condition);
                action.run();
                return completed;
            }
        };
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.empty();
    }
}
