package dev.stowage.core.upload;

import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import java.util.OptionalLong;

/**
 * How far an upload is.
 *
 * @param offset how many bytes are stored for good; the whole only when the file is there
 */
public record ResumableStatus(UploadSession session, long offset) {

    /** Whether the file is there. */
    public boolean isComplete() {
        return session.state() == UploadState.COMPLETED;
    }

    /** The size of the whole, in bytes; empty while it is not known. */
    public OptionalLong size() {
        return isComplete() ? OptionalLong.of(offset) : session.origin().expectedSize();
    }

    /** How it goes on. */
    public Resumption resumption() {
        return session.resumption().orElseThrow();
    }
}
