package dev.stowage.core.upload;

import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import java.util.OptionalLong;

/**
 * The progress of a resumable upload.
 *
 * @param offset the number of durable bytes; equals the size of the file only once the file exists
 */
public record ResumableStatus(UploadSession session, long offset) {

    /** Whether the file exists. */
    public boolean isComplete() {
        return session.state() == UploadState.COMPLETED;
    }

    /** Returns the size of the whole file in bytes, or empty while it is unknown. */
    public OptionalLong size() {
        return isComplete() ? OptionalLong.of(offset) : session.origin().expectedSize();
    }

    /** Returns how the upload is resumed. */
    public Resumption resumption() {
        return session.resumption().orElseThrow();
    }
}
