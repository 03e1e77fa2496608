package dev.stowage.core.port.records;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable record of resumable uploads: their sessions, and the pending bytes that do not yet fill a part. The rules of
 * {@link UploadSessions} for concurrency, waits and errors apply here, too.
 *
 * <p>An upload's bytes are those of its parts, numbered from 1 without a gap, followed by the pending bytes. A request changes them under a
 * fencing token. Once a newer token is issued, writes under an older one change nothing, so an attempt that was abandoned can do no harm,
 * in whichever process it runs.
 */
public interface ResumableSessions {

    /** The maximum size of a chunk of pending bytes. */
    int MAX_CHUNK = 256 << 10;

    /**
     * Adds an upload that the store does not know: one of a {@linkplain UploadSession#isSinglePut single put}.
     *
     * @param max the maximum number of open uploads of its owner, including those that are being created
     * @throws TooManyOpen when the owner has that many
     */
    void add(UploadSession session, int max);

    /** Returns the session of an upload, or empty when there never was one with that id, or it was pruned. */
    Optional<UploadSession> find(ResumableId id);

    /** Like {@link #find}, with the newest fencing token. */
    Optional<CurrentUpload> current(ResumableId id);

    /**
     * Issues a fencing token and thereby invalidates the previous one; bytes that were staged under that one are discarded.
     *
     * @return empty when the upload is not open
     */
    Optional<FencingToken> begin(UploadId id);

    /**
     * Like {@link #begin(UploadId)}, unless another token was issued meanwhile.
     *
     * @param newest the token that was the newest one; its number is 0 when none was issued
     * @return empty when it is no longer the newest one, or the upload is not open
     */
    Optional<FencingToken> begin(FencingToken newest);

    /**
     * Records that this process puts the file of a {@linkplain UploadSession#isSinglePut single put}, which is completing from then on.
     * The bytes on record can still be {@linkplain #read read} under the token.
     *
     * @param token the newest one; its number is 0 when none was issued
     * @param open as it was read
     * @return the session as it is now, or empty when the token is outdated or the upload is not open
     */
    Optional<UploadSession> beginPut(FencingToken token, UploadSession open, long size, Instant now);

    /**
     * Like {@link #add} and then {@link #beginPut}, in one change.
     *
     * @param session open, and not added before
     * @return the session as it is now
     * @throws TooManyOpen when the owner has {@code max} open uploads
     */
    UploadSession addPut(UploadSession session, int max, long size, Instant now);

    /**
     * Opens an upload again whose file may not have been put, with the bytes on record and without a valid token. Its process must be this
     * one, or no longer alive.
     *
     * @param putting as {@link #beginPut} returned it
     * @return whether it is open now; false when it is in another state, or another process that is alive puts the file
     */
    boolean reopen(UploadSession putting, Instant now);

    /** Returns how far the upload has come, without staged bytes. */
    UploadOffset offset(UploadId id);

    /** Returns all parts, by number. */
    List<PartInfo> parts(UploadId id);

    /**
     * Appends pending bytes, all of them or none. They count at once, and as activity.
     *
     * @param position where they begin: the current end of the upload
     * @param chunks of 1 to {@link #MAX_CHUNK} bytes each
     * @return whether they were appended; false when the token is outdated or the upload is not open
     */
    boolean keep(FencingToken token, long position, List<byte[]> chunks, Instant now);

    /** Like {@link #keep}, but the bytes count only once they are committed, and are discarded with the end of the token. */
    boolean stage(FencingToken token, long position, List<byte[]> chunks, Instant now);

    /**
     * Returns a chunk of pending or staged bytes. Chunks may differ from those that were appended, as small ones are joined.
     *
     * @param position where the chunk begins: the end of the parts, or of the chunk before
     * @return empty when there is none, or the token is outdated
     */
    Optional<byte[]> read(FencingToken token, long position);

    /**
     * Atomically records parts that the store has now, discards the pending bytes that they contain, and makes staged bytes count.
     *
     * @param parts the parts that follow the known ones; empty to only commit the staged bytes
     * @return whether this was done; false when the token is outdated or the upload is not open
     */
    boolean commit(FencingToken token, List<PartInfo> parts, Instant now);

    /** Whether the token is the newest one and its upload is open. */
    boolean isCurrent(FencingToken token);

    /** Returns those of the tokens, of any number, that are {@linkplain #isCurrent current}. */
    Set<FencingToken> current(Set<FencingToken> tokens);

    /**
     * Deletes the records of parts, and all pending and staged bytes: the upload then ends where the remaining parts end.
     *
     * @param first the first part to delete; parts with higher numbers are deleted, too
     * @return whether this was done; false when the token is outdated or the upload is not open
     */
    boolean rewind(FencingToken token, PartNumber first, Instant now);

    /**
     * Records the total length of the upload.
     *
     * @return whether this was done; false when the token is outdated or the upload is not open
     */
    boolean expect(FencingToken token, long size);

    /**
     * Saves the digest state of the upload's bytes before a position, replacing a saved state for that position. States for positions
     * before the {@link #offset} are deleted, except where a part begins, as an upload may be rewound to such a position. States of an
     * upload that has ended need not be kept.
     *
     * @param position that the upload has reached or is about to reach
     * @param state opaque, a few hundred bytes
     * @return whether this was done; false when the token is outdated or the upload is not open
     */
    boolean saveDigest(FencingToken token, long position, byte[] state);

    /** Returns the digest state that was last saved for a position, or empty when there is none. */
    Optional<byte[]> digest(UploadId id, long position);

    /** Returns partial uploads that were completed before {@code before}. */
    List<UploadSession> partials(Instant before, int max);

    /**
     * A resumable upload as it is on record at one moment.
     *
     * @param newest the newest fencing token; its number is 0 when none was issued, so that nothing but the creation is on record
     */
    record CurrentUpload(UploadSession session, FencingToken newest) {

        /** Whether no request has changed the upload since its creation. */
        public boolean isUntouched() {
            return newest.number() == 0;
        }
    }
}
