package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.SessionPage;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.port.UrlGrant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Multipart uploads of files, on record so that they outlive a crash.
 *
 * <p>Safe for concurrent use; one instance in each process, as it orders the attempts of that process. Every method that names an upload
 * throws {@link dev.stowage.core.error.NotFound} when there is none, or it is another principal's, and
 * {@link dev.stowage.core.error.AccessDenied} when the principal has no right, or none any more, to write the key.
 */
public final class Uploads {

    /** The most parts of a page of {@link #listParts}. */
    public static final int MAX_PARTS = 1000;

    /** The most uploads of a page of {@link #list}. */
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
     * @param files which sign URLs
     * @param maxOpen the most open uploads of one principal
     */
    public Uploads(
            Storage storage,
            UploadSessions sessions,
            Files files,
            KeyLayout layout,
            AccessPolicy access,
            int maxOpen,
            InstantSource clock) {
        MultipartStore store = storage.uploads();
        this.files = files;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.createUpload = new CreateUpload(store, sessions, layout, access, maxOpen, clock);
        this.putPart = new PutPart(store, sessions, access, clock);
        this.completeUpload = new CompleteUpload(store, storage.objects(), sessions, access, clock);
        this.abortUpload = new AbortUpload(store, sessions, access, clock);
        this.listUploads = new ListUploads(sessions, access);
        this.listParts = new ListParts(store, sessions, access);
        this.getUpload = new GetUpload(store, sessions, access);
    }

    /**
     * Begins an upload; it is on record when this returns. Repeating it begins another one. What a crash in between leaves in the store is
     * found by the intent, which is on record before, and freed.
     *
     * @param principal who owns it from then on
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has too many open uploads
     */
    public UploadSession create(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        return createUpload.create(principal, key, attributes);
    }

    /**
     * Stores a part; see {@link MultipartStore#putPart}. It is on record when this returns. Parts of one upload are stored in parallel. Of two
     * attempts at one part, the one that began later stays, however slow the other is and whichever process it runs in; where the store has
     * the older one's bytes nonetheless, completing the upload fails until the part is uploaded again.
     *
     * @throws dev.stowage.core.error.InvalidInput when the part is known to be larger than the store takes
     * @throws dev.stowage.core.error.Conflict when the upload is being completed, or a newer attempt superseded this one
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
     * Signs a URL by which its bearer may send one part without credentials, to the store itself where it has such URLs. Completing the upload
     * learns of the part from the store. Otherwise like {@link Files#sign(Principal, UrlGrant, Duration)}.
     *
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.Conflict when it is being completed
     */
    public SignedUrl signPart(Principal principal, UrlGrant.UploadPart grant, Duration expiresIn) {
        return files.sign(principal, grant, expiresIn, () -> lookup.open(principal, grant.key(), grant.upload()));
    }

    /**
     * Makes the file of the parts named, or of all that were uploaded. The choice is on record before the store is asked; what fails or
     * crashes after that is completed by a repetition or in the background. A repetition after success gives the same answer. Of two calls at
     * once, in one process or two, the second waits for the first and gives its answer, or takes over when the first process has ended.
     *
     * @param parts in ascending order of their numbers; empty for all that the store holds
     * @param conditions what must hold of the file that it replaces; decided by the store, and not asked again once the file is made
     * @throws dev.stowage.core.error.InvalidInput when parts are missing, differ, are too small or out of order, or there are none; the upload
     *     stays open
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold; the upload stays open
     * @throws dev.stowage.core.error.Conflict when it was completed with other parts, is being completed under other conditions or by another
     *     request that takes too long, or is resumable at a byte offset
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
     * Aborts an upload and frees its parts. When the store fails half way, a repetition or the work in the background finishes it.
     *
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.Conflict when it is being completed, or another request changes it at this moment
     */
    public void abort(Principal principal, ObjectKey key, UploadId upload) {
        abortUpload.abort(principal, key, upload);
    }

    /**
     * A page of the principal's own uploads that are open or being completed, by the UTF-8 bytes of the keys. Parts that were sent straight to
     * the store count once the upload's status was asked for.
     *
     * @param maxUploads 1 to {@link #MAX_UPLOADS}
     * @param token from the page before, see {@link dev.stowage.core.multipart.SessionPosition#token}
     * @param prefix within what the principal may write, or empty for all of its own
     * @throws dev.stowage.core.error.AccessDenied when the prefix leads out of that
     * @throws dev.stowage.core.error.InvalidInput when {@code maxUploads} is out of bounds, or the token is not valid
     */
    public SessionPage list(Principal principal, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return listUploads.list(principal, prefix, maxUploads, token);
    }

    /**
     * A page of the parts that the store holds; see {@link MultipartStore#listParts}. Parts that an outdated attempt stored over a newer one are
     * left out: they have to be uploaded again.
     *
     * @param maxParts 1 to {@link #MAX_PARTS}
     * @throws dev.stowage.core.error.NotFound when the upload has ended
     * @throws dev.stowage.core.error.InvalidInput when {@code maxParts} is out of bounds
     */
    public PartPage listParts(
            Principal principal, ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return listParts.list(principal, key, upload, maxParts, after);
    }

    /**
     * What is known of an upload, also of one that has ended, until its record is pruned. For an open one the parts are those that the store
     * lists.
     */
    public UploadProgress get(Principal principal, ObjectKey key, UploadId upload) {
        return getUpload.get(principal, key, upload);
    }
}
