package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.service.Signals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Multipart uploads of files, recorded so that they survive a crash.
 *
 * <p>Safe for concurrent use. There must be one instance in each process, as it orders the attempts of that process. Every method that
 * names an upload throws {@link dev.stowage.core.error.NotFound} when there is none, or it is another principal's, and
 * {@link dev.stowage.core.error.AccessDenied} when the principal has no right, or no longer any, to write the key.
 */
public final class Uploads {

    /** The maximum number of parts in a page of {@link #listParts}. */
    public static final int MAX_PARTS = 1000;

    /** The maximum number of uploads in a page of {@link #list}. */
    public static final int MAX_UPLOADS = 1000;

    private final Files files;
    private final SessionLookup lookup;
    private final CreateUpload createUpload;
    private final PutPart putPart;
    private final CompleteUpload completeUpload;
    private final AbortUpload abortUpload;
    private final ListUploads listUploads;
    private final ListParts listParts;
    private final GetUpload getUpload;

    /**
     * @param files signs URLs
     * @param maxOpen the maximum number of open uploads of one principal
     * @param signals to the other processes that share the sessions
     */
    public Uploads(
            Storage storage,
            UploadSessions sessions,
            Files files,
            KeyLayout layout,
            AccessPolicy access,
            int maxOpen,
            Signals signals,
            InstantSource clock) {
        MultipartStore store = storage.uploads();
        this.files = files;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.createUpload = new CreateUpload(store, sessions, layout, access, maxOpen, clock);
        this.putPart = new PutPart(storage, sessions, access, signals, clock);
        this.completeUpload = new CompleteUpload(store, storage.objects(), sessions, access, clock);
        this.abortUpload = new AbortUpload(store, sessions, access, clock);
        this.listUploads = new ListUploads(sessions, access);
        this.listParts = new ListParts(store, sessions, access);
        this.getUpload = new GetUpload(store, sessions, access);
    }

    /**
     * Creates an upload and records it. A repetition creates another one. If a crash leaves an upload in the store, it is found by the
     * intent that was recorded before, and aborted.
     *
     * @param principal the owner
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has reached the limit of open uploads
     */
    public UploadSession create(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        return createUpload.create(principal, key, attributes);
    }

    /**
     * Stores and records a part; see {@link MultipartStore#putPart}. Parts of one upload are stored in parallel. Of two attempts at one
     * part, the one that began later is kept, however slow the other one is and in whichever process it runs. If the store has the bytes of
     * the older one nonetheless, completing the upload fails until the part is uploaded again.
     *
     * @throws dev.stowage.core.error.InvalidInput when the declared size of the part is larger than the store accepts
     * @throws dev.stowage.core.error.Conflict when the upload is being completed, or a newer attempt has superseded this one
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     */
    public PartInfo putPart(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            PartNumber number,
            Content content,
            List<Checksum> expected) {
        return putPart.put(principal, key, upload, number, content, expected);
    }

    /**
     * Stores and records a part with bytes of a file, like {@link #putPart}. The store copies them if it can
     * ({@link MultipartStore#copyPart}); otherwise they are read from it and sent back.
     *
     * @throws dev.stowage.core.error.AccessDenied also when the principal has no right to read the file
     * @throws dev.stowage.core.error.InvalidInput when the range is larger than the store accepts
     * @throws dev.stowage.core.error.PreconditionFailed when the file is another version now; nothing is stored
     * @throws dev.stowage.core.error.Conflict when the upload is being completed, or a newer attempt has superseded this one
     * @throws dev.stowage.core.error.NotFound when the upload has ended, or there is no file
     */
    public PartInfo copyPart(
            Principal principal, ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return putPart.copy(principal, key, upload, number, source);
    }

    /**
     * Signs a URL with which its bearer may send one part without credentials; directly to the store if it supports signed URLs. Completing
     * the upload reads such parts from the store. Otherwise like {@link Files#sign(Principal, UrlGrant, Duration)}.
     *
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.Conflict when it is being completed
     */
    public SignedUrl signPart(Principal principal, UrlGrant.UploadPart grant, Duration expiresIn) {
        return files.sign(principal, grant, expiresIn, () -> lookup.open(principal, grant.key(), grant.upload()));
    }

    /**
     * Creates the file from the given parts, or from all uploaded parts. The choice is recorded before the store is called; if the call
     * fails or the process crashes, a repetition or background maintenance finishes it. A repetition after success returns the same result.
     * Of two concurrent calls, in one process or two, the second waits for the first and returns its result, or takes over when the first
     * process has ended.
     *
     * @param parts in ascending order of their numbers; empty for all that the store holds
     * @param conditions on the file that is replaced; decided by the store, and not evaluated again once the file exists
     * @throws dev.stowage.core.error.InvalidInput when parts are missing, differ, are too small or out of order, or there are none; the
     *     upload stays open
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; the upload stays open
     * @throws dev.stowage.core.error.Conflict when it was completed with other parts, is being completed under other conditions or by
     *     another request that takes too long, or is a resumable upload
     * @throws dev.stowage.core.error.NotFound when the upload has ended otherwise
     */
    public ObjectInfo complete(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            Optional<List<PartTag>> parts,
            Preconditions conditions) {
        return completeUpload.complete(principal, key, upload, parts, conditions);
    }

    /**
     * Aborts an upload and deletes its parts. If the store fails in between, a repetition or background maintenance finishes it.
     *
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.Conflict when it is being completed, or another request is changing it
     */
    public void abort(Principal principal, ObjectKey key, UploadId upload) {
        abortUpload.abort(principal, key, upload);
    }

    /**
     * Returns a page of the principal's own uploads that are open or being completed, in the order of the UTF-8 bytes of their keys. Parts
     * that were sent directly to the store are counted once the upload's status has been read.
     *
     * @param maxUploads 1 to {@link #MAX_UPLOADS}
     * @param token of the previous page, see {@link dev.stowage.core.multipart.SessionPosition#token}
     * @param prefix within the principal's scopes for writing, or empty for all of its uploads
     * @throws dev.stowage.core.error.AccessDenied when the prefix is outside of these
     * @throws dev.stowage.core.error.InvalidInput when {@code maxUploads} is out of bounds, or the token is not valid
     */
    public Page<UploadProgress, SessionPosition> list(
            Principal principal, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return listUploads.list(principal, prefix, maxUploads, token);
    }

    /**
     * Returns a page of the parts that the store holds; see {@link MultipartStore#listParts}. Omits parts that an outdated attempt stored
     * over a newer one: they have to be uploaded again.
     *
     * @param maxParts 1 to {@link #MAX_PARTS}
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.InvalidInput when {@code maxParts} is out of bounds
     */
    public Page<PartInfo, PartNumber> listParts(
            Principal principal, ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return listParts.list(principal, key, upload, maxParts, after);
    }

    /**
     * Returns the progress of an upload, also of one that has ended, until its record is pruned. For an open one the parts are read from
     * the store.
     */
    public UploadProgress get(Principal principal, ObjectKey key, UploadId upload) {
        return getUpload.get(principal, key, upload);
    }
}
