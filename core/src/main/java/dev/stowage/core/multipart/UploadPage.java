package dev.stowage.core.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A page of open uploads.
 *
 * @param uploads by key, and by creation for the same key; unmodifiable; may be empty on a page that is not the last
 * @param nextToken the continuation token for the next page; empty on the last page
 */
public record UploadPage(List<UploadInfo> uploads, Optional<String> nextToken) {
    public UploadPage {
        uploads = List.copyOf(uploads);
    }
}
