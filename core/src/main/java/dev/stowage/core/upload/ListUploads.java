package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.port.MultipartStore;
import java.util.Map;
import java.util.Optional;

/** Lists the uploads that stand open, a page at a time. */
public final class ListUploads {

    /** The most uploads of a page. */
    public static final int MAX_UPLOADS = 1000;

    private final MultipartStore store;

    public ListUploads(MultipartStore store) {
        this.store = store;
    }

    /**
     * As {@link MultipartStore#listUploads} has it.
     *
     * @throws InvalidInput when {@code maxUploads} is outside 1 to 1000
     */
    public UploadPage list(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        if (maxUploads < 1 || maxUploads > MAX_UPLOADS) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "max_uploads is 1 to " + MAX_UPLOADS, Map.of("field", "max_uploads"));
        }
        return store.listUploads(prefix, maxUploads, token);
    }
}
