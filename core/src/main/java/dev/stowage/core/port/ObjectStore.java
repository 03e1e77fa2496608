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
 * A store of objects by key.
 *
 * <p>Implementations are safe for concurrent use. A write is atomic: readers see either the old object or the new one, complete. An
 * acknowledged write is durable and visible to every later call.
 *
 * <p>Every method may throw {@link dev.stowage.core.error.StorageRejected} or {@link StorageUnavailable}, and no exceptions other than
 * subclasses of {@link dev.stowage.core.error.StorageException}. When a call is interrupted while it waits, it soon fails with
 * {@link StorageUnavailable}, and its outcome is unknown, as after a lost response. A call that does not have to wait may finish. In both
 * cases the thread's interrupt flag remains set. Other calls go on, even if they share a connection, a lock or a transaction with the
 * interrupted one.
 *
 * <p>Every wait is bounded: a call without a body ends within 30 seconds, all attempts included, and a call with a body fails once no byte
 * was sent or received for 60 seconds. A wait for the caller's body or reader does not count; the caller bounds it. A copy or concatenation
 * of large objects may take longer, as long as each of its requests is within these bounds.
 *
 * <p>As many calls run at once as the service has transfers, {@code MAX_TRANSFERS}, which is 1024 by default and 1536 at most, and in
 * addition those of background work. They share the heap with the rest of the service, which may have 256 MiB: a call holds 64 KiB of a
 * body, or takes larger buffers from a budget that all calls share, and waits for its turn, or goes without, when that is used up. A call
 * that waits for one of the store's connections fails with {@link StorageUnavailable} after some seconds, so that clients retry.
 *
 * <p>What exists is checked before what a condition says about it: a missing source or upload is {@link NotFound}, also if a condition
 * does not hold. On a read, the ETag is checked before the range.
 *
 * <p>Attributes that other clients of the store wrote may break the rules of this service. They are reported as far as they are valid, by
 * {@link dev.stowage.core.object.ContentType#orDefault}, {@link dev.stowage.core.object.Metadata#lenient} and
 * {@link dev.stowage.core.object.HeaderAttributes#lenient}, and never make a call fail.
 *
 * <p>The port has no default methods, so that a decorator can't miss one. Decorators extend {@link ForwardingObjectStore}.
 */
public interface ObjectStore {

    /** Returns the optional features that this store supports; they never change. */
    Set<Capability> capabilities();

    /**
     * Returns a view of this store for work that must change nothing once {@code fence} is closed. The caller checks the fence before each
     * call. A store that sends several requests for one call, or retries requests, also checks it before each request that changes
     * something, and fails with {@link StorageUnavailable} when the fence is closed. Reads, and the deletion of its own temporary data,
     * need no check. The view is cheap and need not be closed. A store whose calls are single atomic steps returns itself.
     */
    ObjectStore under(Fence fence);

    /**
     * Stores {@code content} under {@code key}, replacing an existing object unless {@code options} forbid it.
     *
     * <p>The store opens the content, reads it through {@link dev.stowage.core.object.ContentStream} and closes it. It opens replayable
     * content again for a retry. Repeating a put is harmless. When the content ends early or fails, nothing is stored and no data is left
     * behind. Of concurrent puts to one key, the last one remains.
     *
     * <p>A lost response to a conditional write must not become a false {@code PreconditionFailed}: a store that can't tell whether its own
     * attempt succeeded throws {@link StorageUnavailable}.
     *
     * @return the object as it was stored, and whether it is new. A store says so when its response to the write tells, and need not ask for it:
     *     under {@link WriteCondition.IfAbsent} every store says that it is, under {@link WriteCondition.IfMatch} that it is not
     * @throws PreconditionFailed when the condition does not hold; decided by the store, atomically
     * @throws NotSupported for a condition without {@link Capability#CONDITIONAL_PUT} or {@link Capability#IF_ABSENT}
     * @throws ChecksumMismatch when the bytes differ from a digest in {@code options}
     * @throws BrokenContent when the content is shorter or longer than declared, or can't be read
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    PutResult put(ObjectKey key, Content content, PutOptions options);

    /**
     * Lends the object's bytes to {@code reader}. The stream is closed when this method returns. If the reader stopped early, the rest is
     * not read. The bytes and the {@link ObjectInfo} are those of one version, also when the object is replaced during the call: a store
     * that needs two requests ties the second to the ETag of the first, and starts over, or fails with {@link StorageUnavailable}, when the
     * object was replaced in between. Once the reader was called, a failure of the store is thrown by its stream, and the call is not
     * repeated.
     *
     * @return what the reader returned
     * @throws NotFound when there is no such object; the reader is not called
     * @throws PreconditionFailed when the object's ETag does not match; the reader is not called
     * @throws RangeNotSatisfiable when the range is outside of the object; the reader is not called
     * @throws dev.stowage.core.error.ObjectArchived when the object is in an archive storage class; the reader is not called
     * @throws IOException thrown by the reader, unchanged
     */
    <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException;

    /** Returns the properties of the object under {@code key}, or empty when there is none. */
    Optional<ObjectInfo> stat(ObjectKey key);

    /**
     * Deletes objects and reports which existed. Keys fail independently: a failure is reported in the result of its key and not thrown,
     * also for a single key. Readers that have opened an object can read it to the end. Of concurrent deletions of one key, more than one
     * may report that it existed.
     *
     * @param keys 1 to 1000, each once
     * @return a result for each key, in the keys' order
     */
    List<DeleteResult> delete(List<ObjectKey> keys);

    /**
     * Deletes objects with as few requests to the store as possible. Like {@link #delete}, except that an object that did not exist may be
     * reported as deleted.
     *
     * @param keys 1 to 1000, each once
     * @return a result for each key, in the keys' order
     */
    List<DeleteResult> remove(List<ObjectKey> keys);

    /**
     * Deletes objects, each only if it has the given ETag. An object with another ETag is kept, and its result is
     * {@link DeleteResult.Failed} with {@link PreconditionFailed}; a missing object is {@link DeleteResult.Missing}. Like {@link #delete},
     * keys fail independently and each has its own result.
     *
     * <p>The store decides each key atomically: if an object is replaced at the same moment, the newer version is kept. A lost response
     * must not become a false {@code PreconditionFailed} or {@code Missing}: a store that can't tell reports {@link StorageUnavailable}.
     *
     * @param tags 1 to 1000 keys, each with the ETag that its object must have
     * @return a result for each key, in the map's order
     * @throws NotSupported without {@link Capability#CONDITIONAL_DELETE}; nothing is deleted
     */
    List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags);

    /**
     * Returns what is recorded about the bytes of the object under {@code key}, to verify them, or empty when there is no object. Called by
     * jobs that verify files, before the bytes are read and compared, and for clients that ask for checksums or parts. A store that records nothing returns the
     * properties of the object without part sizes and checksums, and {@link TagMeaning#VERSION}; the bytes are then only read to their end.
     * May send many requests to the store for an object of many parts. The bytes are not read.
     */
    Optional<ObjectRecord> inspect(ObjectKey key);

    /**
     * Returns a page of keys in the order of their UTF-8 bytes. An object that exists during a listing of all pages is listed exactly once;
     * one that is created or deleted meanwhile, at most once. Objects whose names are not a valid {@link ObjectKey}, which other clients of
     * the bucket may have written (such as {@code a//b} or the folder marker {@code folder/}), are omitted.
     *
     * <p>A token is valid for the prefix and the delimiter of its page; the page size may change between pages.
     *
     * @throws InvalidInput when the token did not come from this store for this query
     */
    ObjectPage list(ListQuery query);

    /**
     * Copies an object of any size within the store, without transferring its bytes through this process. Atomic at the target, like a put.
     * Source and target may be the same only if attributes change.
     *
     * <p>The target gets the attributes of the copied version with the changes in {@code options}. Other properties that the store keeps,
     * such as tags, storage class and encryption, are copied as well. So are attributes written by other clients that break the rules of
     * this service, unless {@code options} replace them. The ETag of the target may be that of the source, or another one.
     *
     * <p>The copy is one version of the source, with the attributes of that version. A store that needs several requests ties them to the
     * ETag that it saw first. If the source is replaced meanwhile, it starts over a few times, and then fails with
     * {@link dev.stowage.core.error.Conflict}; with {@link CopyOptions#ifSourceMatch()} it fails with {@link PreconditionFailed} at once.
     *
     * @return the object at the target, with the ETag, size and attributes of the copy
     * @throws NotFound when there is no source
     * @throws InvalidInput when source and target are the same and {@code options} change no attribute
     * @throws dev.stowage.core.error.ObjectArchived when the source is in an archive storage class
     * @throws PreconditionFailed when the source or the target does not meet the conditions in {@code options}
     * @throws NotSupported for a condition on the target without {@link Capability#CONDITIONAL_COPY} or {@link Capability#IF_ABSENT}
     */
    ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options);

    /**
     * Makes many copies in far fewer steps than as many calls of {@link #copy}, with the same effect as if they were made one by one in the
     * list's order: a copy finds what those before it have stored. Copies fail independently: a failure is reported in the result of its
     * copy and not thrown, also for a single copy. Repeating the call is harmless unless a condition says otherwise.
     *
     * <p>Each copy is atomic at its target, and its conditions are decided by the store, as by {@link #copy}. Readers may find some of the
     * copies before the others.
     *
     * @param copies 1 to 1000
     * @return a result for each copy, in the list's order
     * @throws NotSupported without {@link Capability#BULK_COPY}; nothing is copied
     */
    List<CopyResult> copyAll(List<Copy> copies);

    /**
     * Concatenates objects within the store, without transferring their bytes through this process. Atomic at the target, like a put.
     *
     * @param sources at least one; they must not be written to during the call
     * @param attributes of the object at the target
     * @param condition the condition on an existing object at the target; decided by the store, atomically
     * @return the object at the target; empty, with nothing changed, when the store can't concatenate these objects and the caller has to
     *     send their bytes again
     * @throws NotFound when a source does not exist
     * @throws PreconditionFailed when the condition does not hold
     * @throws NotSupported for a condition without {@link Capability#CONDITIONAL_PUT} or {@link Capability#IF_ABSENT}
     */
    Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition);
}
