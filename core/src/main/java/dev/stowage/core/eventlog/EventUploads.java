package dev.stowage.core.eventlog;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import java.util.List;
import java.util.Optional;

/** Multipart uploads whose completions are recorded as events. */
final class EventUploads extends ForwardingMultipartStore {

    private final MultipartStore store;
    private final ChangeRecorder recorder;

    EventUploads(MultipartStore store, ChangeRecorder recorder) {
        super(store);
        this.store = store;
        this.recorder = recorder;
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        return recorder.write(
                key,
                () -> store.complete(key, upload, parts, condition),
                made -> Optional.of(new ChangeRecorder.Stored(made, ChangeRecorder.typeUnder(condition))));
    }
}
