package dev.stowage.core.port;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects by key.
 *
 * <p>Implementations are safe for concurrent use. A write is atomic: readers see the old object or the new one, whole. What was
 * acknowledged is durable and seen by every later call.
 *
 * <p>Every method may throw {@link dev.stowage.core.error.StorageRejected} or {@link StorageUnavailable}, and no exception but
 * those of {@link dev.stowage.core.error.StorageException}. Every wait is bounded. An interrupted call that has to wait ends
 * soon with {@link StorageUnavailable}, and its outcome is then unknown, as with any lost answer; one that has not may finish.
 * Either way the thread's interrupt flag stays set.
 *
 * <p>The port has no default methods, so that a decorator can't leave one out: decorators extend {@link ForwardingObjectStore}.
 */
public interface ObjectStore {

    /** What this store can do beyond the basics; never changes. */
    Set<Capability> capabilities();

    /**
     * The same objects, for work that must change nothing once {@code fence} is closed. The caller asks the fence before each call. A store
     * for which one call is several requests, or which repeats requests, asks before each of them that changes something, and fails with
     * {@link StorageUnavailable} when the fence is closed; what it only reads, and what it frees of its own, it need not ask for. Costs
     * next to nothing, and has nothing to be closed. A store for which each call is one step, decided at once, returns itself.
     */
    ObjectStore under(Fence fence);

    /**
     * Stores {@code content} under {@code key}, replacing what was there unless {@code options} say otherwise.
     *
     * <p>The content is opened, read through {@link dev.stowage.core.object.ContentStream} and closed by the store; it is opened
     * again for a retry only when it is replayable. Repeating a put is harmless. When the content ends early or fails, nothing is
     * stored and nothing is left behind. Of concurrent puts to one key, one is last and stays.
     *
     * <p>A lost answer to a conditional write does not turn into a false {@code PreconditionFailed}: a store that can't tell
     * whether its own attempt won says {@link StorageUnavailable}.
     *
     * @return the object as it was stored
     * @throws PreconditionFailed when the condition does not hold; decided by the store, atomically
     * @throws NotSupported for a condition without {@link Capability#CONDITIONAL_PUT}
     * @throws ChecksumMismatch when the bytes differ from a digest in {@code options}
     * @throws BrokenContent when the content is shorter or longer than it said, or can't be read
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    ObjectInfo put(ObjectKey key, Content content, PutOptions options);

    /**
     * Lends the object to {@code reader}; the stream is closed when this returns, and cut, not drained, when the reader stopped
     * early. The bytes are those of one version, whatever is written meanwhile.
     *
     * @return what the reader returned
     * @throws NotFound when there is no such object; the reader is not called
     * @throws PreconditionFailed when the object has another tag than asked for; the reader is not called
     * @throws RangeNotSatisfiable when the range lies outside; the reader is not called
     * @throws dev.stowage.core.error.ObjectArchived when the store keeps the object in an archive; the reader is not called
     * @throws IOException what the reader threw, as it is
     */
    <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException;

    /** What is known of the object under {@code key}; empty when there is none. */
    Optional<ObjectInfo> stat(ObjectKey key);

    /**
     * Removes objects and tells which were there. A failure of one leaves the others' deletion as it is, so this does not throw
     * for a single key: its result says why. Readers that have an object open read on to its end. Of concurrent deletions of one
     * key, more than one may be told that it was there.
     *
     * @param keys 1 to 1000, each once
     * @return a result for each key, in the keys' order
     */
    List<DeleteResult> delete(List<ObjectKey> keys);

    /**
     * Removes objects, there or not, with as few calls to the store as it takes. As {@link #delete} otherwise, except that what was not
     * there may be told as deleted.
     *
     * @param keys 1 to 1000, each once
     * @return a result for each key, in the keys' order
     */
    List<DeleteResult> remove(List<ObjectKey> keys);

    /**
     * Removes objects, each only while it has the tag that is given for it. An object that has another tag stays, and its result is
     * {@link DeleteResult.Failed} with {@link PreconditionFailed}; one that is not there is {@link DeleteResult.Missing}. As {@link #delete}
     * otherwise: a failure of one leaves the others' deletion as it is, and each key has its own result.
     *
     * <p>The store decides each key atomically: of an object that is replaced at the same moment, the newer version stays. A lost answer does
     * not turn into a false {@code PreconditionFailed} or {@code Missing}: a store that can't tell says {@link StorageUnavailable}.
     *
     * @param tags 1 to 1000 keys, each with the tag that its object must have
     * @return a result for each key, in the map's order
     * @throws NotSupported without {@link Capability#CONDITIONAL_DELETE}; nothing is removed
     */
    List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags);

    /**
     * What is on record of the bytes of the object under {@code key}, to check them by; empty when there is none. May ask the store many
     * times, for an object of many parts.
     */
    Optional<ObjectRecord> inspect(ObjectKey key);

    /**
     * A page of keys in the order of their UTF-8 bytes. An object that is there throughout a walk over all pages is listed
     * exactly once; one that comes or goes meanwhile, at most once. Objects whose names are no {@link ObjectKey} (somebody else's,
     * such as {@code a//b} or the marker {@code folder/}) are left out.
     *
     * <p>A token belongs to the prefix and the delimiter that it was given for; the page size may change between pages.
     *
     * @throws InvalidInput when the token is none that this store gave for this query
     */
    ObjectPage list(ListQuery query);

    /**
     * Copies an object of any size within the store; no byte passes through this process. Atomic at the target, like a put.
     * Source and target may be the same only when attributes change.
     *
     * <p>The target has the attributes of the version that is copied, with the changes that {@code options} name. What the store keeps of
     * an object beside these, such as tags, a storage class and how it is encrypted, is carried over, too, and so are attributes of
     * others that break the rules here and are not named.
     *
     * @return the object at the target
     * @throws NotFound when there is no source
     * @throws InvalidInput when source and target are the same and {@code options} change no attribute
     * @throws dev.stowage.core.error.ObjectArchived when the store keeps the source in an archive
     * @throws PreconditionFailed when source or target are not as {@code options} ask
     * @throws NotSupported for a condition on the target without {@link Capability#CONDITIONAL_COPY}
     */
    ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options);

    /**
     * Puts objects together, end to end, within the store; no byte passes through this process. Atomic at the target, like a put.
     *
     * @param sources at least one, which are not written to meanwhile
     * @param attributes of the object at the target
     * @param condition what must hold of the object that is there; decided by the store, atomically
     * @return the object at the target; empty, with nothing done, when the store can't put together these, so that their bytes have to be sent
     *     again
     * @throws NotFound when there is no such source
     * @throws PreconditionFailed when the condition does not hold
     * @throws NotSupported for a condition without {@link Capability#CONDITIONAL_PUT}
     */
    Optional<ObjectInfo> join(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition);
}
