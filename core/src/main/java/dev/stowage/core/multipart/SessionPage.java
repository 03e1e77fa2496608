package dev.stowage.core.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A page of sessions.
 *
 * @param uploads unmodifiable
 * @param next where the next page begins: after this; empty on the last page
 */
public record SessionPage(List<UploadProgress> uploads, Optional<SessionPosition> next) {
    public SessionPage {
        uploads = List.copyOf(uploads);
    }
}
