package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.MultipartStore;
import java.util.List;
import java.util.Map;

/** Stores a part of a multipart upload. */
public final class PutPart {

    private final MultipartStore store;

    public PutPart(MultipartStore store) {
        this.store = store;
    }

    /**
     * As {@link MultipartStore#putPart} has it.
     *
     * @throws InvalidInput when the part is known to be larger than the store takes
     */
    public PartInfo put(ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        long max = store.limits().maxSize();
        if (content.length().orElse(0) > max) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "A part has at most " + max + " bytes", Map.of("max_part_size", max));
        }
        return store.putPart(key, upload, number, content, expected);
    }
}
