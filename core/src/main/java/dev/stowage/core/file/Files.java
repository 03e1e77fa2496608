package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files: objects whose keys follow the layout, for principals with the required rights.
 *
 * <p>Safe for concurrent use. Every method may throw {@link dev.stowage.core.error.AccessDenied}, before the store is called, and the
 * exceptions of the store's ports. Changes and refusals are written to the audit log.
 */
public final class Files {

    /** The maximum number of keys in one call of {@link #delete(Principal, List)}. */
    public static final int MAX_DELETED_KEYS = 1000;

    /** The maximum lifetime of a signed URL. */
    public static final Duration MAX_URL_EXPIRY = Duration.ofDays(1);

    private final ObjectStore store;
    private final AccessPolicy access;
    private final PutFile putFile;
    private final CopyFile copyFile;
    private final MoveFile moveFile;
    private final DeleteFile deleteFile;
    private final DeleteFiles deleteFiles;
    private final ChangeAttributes changeAttributes;
    private final SignUrl signUrl;

    /**
     * @param signer of URLs, if the store has one
     * @param maxSize the maximum size of a file in bytes
     */
    public Files(ObjectStore store, Optional<UrlSigner> signer, KeyLayout layout, AccessPolicy access, long maxSize) {
        this.store = store;
        this.access = access;
        this.putFile = new PutFile(store, layout, access, maxSize);
        this.copyFile = new CopyFile(store, layout, access);
        this.moveFile = new MoveFile(store, copyFile, access);
        this.deleteFile = new DeleteFile(store, access);
        this.deleteFiles = new DeleteFiles(store, access);
        this.changeAttributes = new ChangeAttributes(store, access);
        this.signUrl = new SignUrl(signer, layout, access);
    }

    /**
     * Stores a file by one call of {@link ObjectStore#put}. Conditions that a store can't decide, such as dates, need another call before it;
     * see {@link Preconditions}.
     *
     * @param conditions what must hold of the file under the key
     * @param digests that the bytes must have
     * @return the file, and whether it is new if the store's response says so
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout; the content is not opened
     * @throws dev.stowage.core.error.PayloadTooLarge when the content is larger than the limit; at once if its length is known
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; nothing is stored
     */
    public PutResult put(
            Principal principal,
            ObjectKey key,
            Content content,
            ObjectAttributes attributes,
            Preconditions conditions,
            List<Checksum> digests) {
        return putFile.put(principal, key, content, attributes, conditions, digests);
    }

    /**
     * Stores a folder marker: an empty object whose key ends with a slash, as clients keep that treat a store like a disk. It is listed and
     * deleted like a file, but no file can have such a key. A repetition is harmless.
     *
     * @param conditions what must hold of the marker under the key
     * @throws dev.stowage.core.error.InvalidInput when the key does not end with a slash, or no file under it fits the layout
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; nothing is stored
     */
    public ObjectInfo putFolder(
            Principal principal, ObjectKey key, ObjectAttributes attributes, Preconditions conditions) {
        return putFile.putFolder(principal, key, attributes, conditions);
    }

    /**
     * Sets the attributes of a file that {@link #put} has just stored, if they became known only after its bytes.
     *
     * @param stored the result of {@link #put}; a file that was replaced since then is not changed
     */
    public ObjectInfo setAttributes(Principal principal, ObjectInfo stored, ObjectAttributes attributes) {
        return putFile.setAttributes(principal, stored, attributes);
    }

    /** Lends a file to {@code reader}; see {@link ObjectStore#read}. */
    public <T> T read(Principal principal, ObjectKey key, ReadOptions options, ObjectReader<T> reader)
            throws IOException {
        return access.observed("file.read", () -> {
            access.check(principal, Action.READ, key);
            return store.read(key, options, reader);
        });
    }

    /** Returns the properties of a file, or empty when there is none. */
    public Optional<ObjectInfo> stat(Principal principal, ObjectKey key) {
        return access.observed("file.stat", () -> {
            access.check(principal, Action.READ, key);
            return store.stat(key);
        });
    }

    /** Returns what is recorded about the bytes of a file, or empty when there is none; see {@link ObjectStore#inspect}. */
    public Optional<ObjectRecord> inspect(Principal principal, ObjectKey key) {
        access.check(principal, Action.READ, key);
        return store.inspect(key);
    }

    /** Whether {@link #inspect} knows the checksums that clients have sent, and takes about as long as {@link #stat}. */
    public boolean keepsChecksums() {
        return store.capabilities().contains(Capability.SENT_CHECKSUMS);
    }

    /**
     * Returns a page of the files under a prefix; see {@link ObjectStore#list}. Omits the service's internal objects.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to read all keys under the prefix
     */
    public ObjectPage list(Principal principal, ListQuery query) {
        return access.observed("file.list", () -> {
            access.check(principal, Action.READ, query.prefix());
            ObjectPage page = store.list(query).visible();
            return query.startAfter().map(page::after).orElse(page);
        });
    }

    /**
     * Deletes a file. A repetition fails, as there is no such file any more.
     *
     * @param conditions on the file; decided by the store
     * @throws dev.stowage.core.error.NotFound when there is no file, and no condition requires one
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; the file is kept
     * @throws dev.stowage.core.error.NotSupported when the store can't delete a single version; the file is kept
     */
    public void delete(Principal principal, ObjectKey key, Preconditions conditions) {
        deleteFile.delete(principal, key, conditions);
    }

    /**
     * Deletes files. A key that occurs twice is deleted once, and both results are equal. A failure of one key does not affect the others.
     * Repeating the call is harmless.
     *
     * @param keys 1 to {@link #MAX_DELETED_KEYS}; a key without the right to delete it results in
     *     {@link dev.stowage.core.error.AccessDenied}
     * @return a result for each key, in the keys' order
     * @throws dev.stowage.core.error.InvalidInput when there are no keys, or too many
     */
    public List<DeleteResult> delete(Principal principal, List<ObjectKey> keys) {
        return access.observed("file.delete", () -> deleteFiles.delete(principal, keys));
    }

    /** @throws dev.stowage.core.error.InvalidInput when {@link #delete(Principal, List)} rejects that many keys */
    public static void checkDeletedKeys(int keys) {
        DeleteFiles.checkSize(keys);
    }

    /**
     * Copies {@code source} to {@code target}, whose key must fit the layout. A repetition is harmless.
     *
     * @param conditions on an existing file at the target. The store decides them atomically with
     *     {@link dev.stowage.core.port.Capability#CONDITIONAL_COPY} or {@code IF_ABSENT}; otherwise a file that is created at the same
     *     moment may be replaced
     * @param sourceConditions on the source; exactly the version that meets them is copied
     * @throws dev.stowage.core.error.InvalidInput when the target does not fit the layout or is the source itself
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to read the source or to write the target
     * @throws dev.stowage.core.error.NotFound when there is no source
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; nothing is copied
     */
    public ObjectInfo copy(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            Preconditions conditions,
            Preconditions sourceConditions) {
        return copy(principal, source, target, AttributeChanges.NONE, conditions, sourceConditions);
    }

    /**
     * Like {@link #copy(Principal, ObjectKey, ObjectKey, Preconditions, Preconditions)}, with changes to the attributes of the copy. With
     * any, source and target may be the same file.
     */
    public ObjectInfo copy(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            AttributeChanges changes,
            Preconditions conditions,
            Preconditions sourceConditions) {
        return copyFile.copy(principal, source, target, changes, conditions, sourceConditions);
    }

    /**
     * Moves {@code source} to {@code target}: copies it, then deletes the source. The file is at one of the keys at any moment. If the call
     * fails in between, the file is at both keys, and a repetition finishes the move, unless a condition prevents it from replacing the
     * copy.
     *
     * @param conditions on an existing file at the target
     * @param sourceConditions on the source
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to delete the source, or lacks one that {@link #copy}
     *     needs
     * @throws dev.stowage.core.error.Conflict when the source is replaced meanwhile; it is kept, newer than the copy
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; the source is kept
     */
    public ObjectInfo move(
            Principal principal,
            ObjectKey source,
            ObjectKey target,
            Preconditions conditions,
            Preconditions sourceConditions) {
        return moveFile.move(principal, source, target, conditions, sourceConditions);
    }

    /**
     * Changes the attributes in {@code changes} and keeps the others, without transferring the bytes through this process. A repetition is
     * harmless. If the file is replaced meanwhile, either the version with the new attributes or the replacement remains. The key need not
     * fit the layout.
     *
     * @param conditions on the file
     * @return the file with its new attributes
     * @throws dev.stowage.core.error.NotFound when there is no such file
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold
     * @throws dev.stowage.core.error.Conflict when the file keeps being replaced
     */
    public ObjectInfo changeAttributes(
            Principal principal, ObjectKey key, AttributeChanges changes, Preconditions conditions) {
        return changeAttributes.change(principal, key, changes, conditions);
    }

    /**
     * Signs a URL with which its bearer may perform one operation without credentials. The file or upload need not exist yet.
     *
     * @param expiresIn 1 second to {@link #MAX_URL_EXPIRY}
     * @throws dev.stowage.core.error.InvalidInput when the lifetime is out of bounds, or a key to be written does not fit the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to the operation itself
     * @throws dev.stowage.core.error.NotSupported when the store has no signed URLs
     */
    public SignedUrl sign(Principal principal, UrlGrant grant, Duration expiresIn) {
        return sign(principal, grant, expiresIn, () -> {});
    }

    /**
     * Like {@link #sign(Principal, UrlGrant, Duration)}, with a further condition.
     *
     * @param condition called first; throws when it does not hold
     */
    public SignedUrl sign(Principal principal, UrlGrant grant, Duration expiresIn, Runnable condition) {
        return signUrl.sign(principal, grant, expiresIn, condition);
    }
}
