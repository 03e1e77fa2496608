package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.upload.ListParts;
import java.time.Instant;
import java.util.Optional;

/**
 * What an upload has so far.
 *
 * @param bytes of all parts together
 * @param lastActivity when the last part was stored, or the upload begun
 */
record PartTally(int parts, long bytes, Instant lastActivity) {

    /**
     * Counts the parts that the store holds: at most 10000, so at most ten pages.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload
     */
    static PartTally of(ListParts listParts, UploadInfo upload) {
        int parts = 0;
        long bytes = 0;
        Instant lastActivity = upload.initiated();
        Optional<PartNumber> after = Optional.empty();
        do {
            PartPage page = listParts.list(upload.key(), upload.id(), ListParts.MAX_PARTS, after);
            for (PartInfo part : page.parts()) {
                parts++;
                bytes += part.size();
                lastActivity = part.lastModified().isAfter(lastActivity) ? part.lastModified() : lastActivity;
            }
            after = page.next();
        } while (after.isPresent());
        return new PartTally(parts, bytes, lastActivity);
    }
}
