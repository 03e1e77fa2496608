package dev.stowage.core.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A page of open uploads.
 *
 * @param uploads by key, and by age where a key has several; unmodifiable; may be empty although more follow
 * @param nextToken what to ask for the next page with; empty on the last page
 */
public record UploadPage(List<UploadInfo> uploads, Optional<String> nextToken) {
    public UploadPage {
        uploads = List.copyOf(uploads);
    }
}
