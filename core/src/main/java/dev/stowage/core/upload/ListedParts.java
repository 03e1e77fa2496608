package dev.stowage.core.upload;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.util.List;
import java.util.Optional;

/** Reads the complete list of an upload's parts. */
final class ListedParts {

    private static final int PAGE = 1000;

    private ListedParts() {}

    /**
     * Returns all parts that the store has, at most 10,000, by number.
     *
     * @throws dev.stowage.core.error.NotFound when the store has no such upload
     */
    static List<PartInfo> of(MultipartStore store, ObjectKey key, UploadId id) {
        return Page.all((Optional<PartNumber> after) -> store.listParts(key, id, PAGE, after))
                .toList();
    }
}
