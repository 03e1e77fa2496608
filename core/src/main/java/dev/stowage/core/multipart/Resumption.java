package dev.stowage.core.multipart;

import dev.stowage.core.object.Preconditions;

/**
 * How an upload goes on at a byte: the service cuts what comes into parts by itself.
 *
 * @param id the upload's name
 * @param partSize of every part but the last, in bytes; none, when the file was put together from pieces
 * @param memo what the protocol that the client speaks has to remember, in its own words
 * @param partial whether it makes no file, but a piece of one that is put together later
 * @param conditions what must hold of the object that it replaces, when it is completed
 */
public record Resumption(ResumableId id, long partSize, String memo, boolean partial, Preconditions conditions) {

    /** Of a file that was put together from pieces, so that nothing can be appended. */
    public static Resumption joined(ResumableId id, String memo) {
        return new Resumption(id, 0, memo, false, Preconditions.NONE);
    }

    /** Whether the file was put together from pieces. */
    public boolean isJoined() {
        return partSize == 0;
    }
}
