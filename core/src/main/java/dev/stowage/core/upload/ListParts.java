package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.MultipartStore;
import java.util.Map;
import java.util.Optional;

/** Lists the parts that an upload has, a page at a time. */
public final class ListParts {

    /** The most parts of a page. */
    public static final int MAX_PARTS = 1000;

    private final MultipartStore store;

    public ListParts(MultipartStore store) {
        this.store = store;
    }

    /**
     * As {@link MultipartStore#listParts} has it.
     *
     * @throws InvalidInput when {@code maxParts} is outside 1 to 1000
     */
    public PartPage list(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        if (maxParts < 1 || maxParts > MAX_PARTS) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "max_parts is 1 to " + MAX_PARTS, Map.of("field", "max_parts"));
        }
        return store.listParts(key, upload, maxParts, after);
    }
}
