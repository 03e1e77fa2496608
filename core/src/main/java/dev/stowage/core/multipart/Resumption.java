package dev.stowage.core.multipart;

import dev.stowage.core.object.Preconditions;

/**
 * How a resumable upload is continued. The service splits its bytes into parts.
 *
 * @param id of the upload
 * @param partSize the size in bytes of every part except the last; 0 when the file was concatenated from partial uploads
 * @param memo data of the client's protocol, stored unchanged
 * @param partial whether it is a partial upload, which creates no file of its own
 * @param conditions on the object that is replaced, when the upload is completed
 */
public record Resumption(ResumableId id, long partSize, String memo, boolean partial, Preconditions conditions) {

    /** Returns the resumption of a concatenated upload, which accepts no bytes. */
    public static Resumption concatenated(ResumableId id, String memo) {
        return new Resumption(id, 0, memo, false, Preconditions.NONE);
    }

    /** Whether the file was concatenated from partial uploads. */
    public boolean isConcatenated() {
        return partSize == 0;
    }
}
