package dev.stowage.core.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A page of sessions.
 *
 * @param uploads unmodifiable
 * @param next the position after which the next page begins; empty on the last page
 */
public record SessionPage(List<UploadProgress> uploads, Optional<SessionPosition> next) {
    public SessionPage {
        uploads = List.copyOf(uploads);
    }
}
