package dev.stowage.core.port;

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

/**
 * The durable record of uploads that go on at a byte: their sessions, and the bytes that came after the last whole part. What
 * {@link UploadSessions} says of concurrency, waits and errors holds here too.
 *
 * <p>An upload's bytes are those of its parts, which follow each other from number 1 on without a gap, and then those that are kept. They
 * are changed in turns, and a turn that is over changes nothing any more: so what an attempt that was given up still tries is of no
 * consequence, whichever process it runs in.
 */
public interface ResumableSessions {

    /** The most bytes of a piece that is kept. */
    int MAX_CHUNK = 256 << 10;

    /** The session of an upload; empty when there never was one of that name, or it was pruned. */
    Optional<UploadSession> find(ResumableId id);

    /**
     * Begins a turn and so ends the one before; what that one staged is forgotten.
     *
     * @return empty when the upload is not open
     */
    Optional<FencingToken> begin(UploadId id);

    /** How far its bytes reach, what is staged left out. */
    UploadOffset offset(UploadId id);

    /** All parts, by number. */
    List<PartInfo> parts(UploadId id);

    /**
     * Keeps bytes that follow those that are there, all of them or none; they count from then on, as activity too.
     *
     * @param position where they begin, which is where the others end
     * @param chunks each of 1 to {@link #MAX_CHUNK} bytes
     * @return whether that was done: not when the turn is over, or the upload is not open
     */
    boolean keep(FencingToken turn, long position, List<byte[]> chunks, Instant now);

    /** As {@link #keep}, but the bytes count only when they are committed, and are forgotten with the end of the turn. */
    boolean stage(FencingToken turn, long position, List<byte[]> chunks, Instant now);

    /**
     * A piece of what is kept or staged; not always as it was when it was given, as small ones are joined.
     *
     * @param position where it begins: where the parts, or the piece before, end
     * @return empty when there is none, or the turn is over
     */
    Optional<byte[]> read(FencingToken turn, long position);

    /**
     * Notes parts that the store has now, forgets the bytes kept that lie in them, and makes what is staged count; all at once.
     *
     * @param parts that follow those that are known; none to make count what is staged
     * @return whether that was done: not when the turn is over, or the upload is not open
     */
    boolean commit(FencingToken turn, List<PartInfo> parts, Instant now);

    /** Whether a turn is not over and its upload is open. */
    boolean isCurrent(FencingToken turn);

    /**
     * Forgets parts, and all bytes that are kept or staged: the upload continues where the parts before these end.
     *
     * @param first of the parts to forget; all with higher numbers are forgotten, too
     * @return whether that was done: not when the turn is over, or the upload is not open
     */
    boolean rewind(FencingToken turn, PartNumber first, Instant now);

    /**
     * Notes how large the whole is going to be.
     *
     * @return whether that was done: not when the turn is over, or the upload is not open
     */
    boolean expect(FencingToken turn, long size);

    /**
     * Saves what the digest of the upload's bytes before a position has come to. It replaces what was saved for that position. What was saved for
     * positions before the {@link #offset} is forgotten, but for those where a part begins, as an upload may go back to one. What was saved of an
     * upload that has ended need not be kept.
     *
     * @param position that the upload has reached, or is about to reach
     * @param state opaque, some hundred bytes
     * @return whether that was done: not when the turn is over, or the upload is not open
     */
    boolean saveDigest(FencingToken turn, long position, byte[] state);

    /** What was saved last for a position; empty when nothing was. */
    Optional<byte[]> digest(UploadId id, long position);

    /** Uploads that make no file, and were completed before {@code before}. */
    List<UploadSession> partials(Instant before, int max);
}
