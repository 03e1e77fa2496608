package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.service.Signals;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Resumable uploads. Bytes are appended at an offset in any number of requests, and the file is created when the last byte is stored.
 *
 * <p>Safe for concurrent use. Every method that names an upload throws {@link dev.stowage.core.error.NotFound} when there is none, it was
 * terminated, or it is another principal's.
 */
public final class ResumableUploads {

    /** The maximum number of partial uploads of one file. */
    public static final int MAX_PARTIAL_UPLOADS = 1000;

    private final ResumableContext context;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final Limits limits;
    private final CreateResumable createResumable;
    private final AppendToUpload appendToUpload;
    private final TerminateResumable terminateResumable;
    private final ConcatenateUploads concatenateUploads;

    /**
     * The resource limits of uploads.
     *
     * @param partSize the size in bytes of the parts that are sent to the store, unless a file needs larger ones
     * @param maxOpen the maximum number of open uploads of one principal
     * @param memory the memory in bytes for all parts that are being received
     */
    public record Limits(long partSize, int maxOpen, long memory) {}

    /**
     * Creates the uploads of a process. There must be one instance, as it orders the requests of that process.
     *
     * @param signals to the other processes that share the sessions
     * @param executor stores a part while the next one is read; may run tasks in the caller's thread
     */
    public ResumableUploads(
            Storage storage,
            UploadSessions sessions,
            KeyLayout layout,
            AccessPolicy access,
            Limits limits,
            Signals signals,
            Executor executor,
            InstantSource clock) {
        this(
                new ResumableContext(
                        storage,
                        sessions,
                        new UploadMemory(limits.memory()),
                        new UploadLocker(signals, sessions.resumable()),
                        UploadEvents.NONE,
                        executor,
                        clock),
                layout,
                access,
                limits);
    }

    private ResumableUploads(ResumableContext context, KeyLayout layout, AccessPolicy access, Limits limits) {
        this.context = context;
        this.layout = layout;
        this.access = access;
        this.limits = limits;
        PartSizes sizes = new PartSizes(context.storage().uploads().limits(), limits.partSize());
        this.createResumable = new CreateResumable(context, layout, access, sizes, limits.maxOpen());
        this.appendToUpload = new AppendToUpload(context, access);
        this.terminateResumable = new TerminateResumable(context, access);
        this.concatenateUploads = new ConcatenateUploads(context, layout, access);
    }

    /** Returns the same uploads for requests whose events are sent to {@code events}. */
    public ResumableUploads observedBy(UploadEvents events) {
        return new ResumableUploads(context.withEvents(events), layout, access, limits);
    }

    /** Returns the maximum size of a file in bytes. */
    public long maxSize() {
        return createResumable.maxSize();
    }

    /**
     * Creates an upload and records it. A repetition creates another one. {@link #append} creates the file once all its bytes are stored,
     * also for an empty file.
     *
     * @param principal the owner
     * @param size of the whole file in bytes; empty while it is unknown
     * @param memo data of the protocol, stored unchanged
     * @param conditions on the file that is replaced; checked now, and decided by the store at the end
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold now; no upload is created
     * @throws dev.stowage.core.error.NotSupported when the store can't decide conditions; no upload is created
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout, or the file is too large
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has reached the limit of open uploads
     */
    public ResumableStatus create(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            OptionalLong size,
            String memo,
            Preconditions conditions) {
        return createResumable.create(principal, key, attributes, size, memo, conditions);
    }

    /**
     * Like {@link #create(Principal, ObjectKey, ObjectAttributes, OptionalLong, String, Preconditions)} and then {@link #append}, with fewer
     * commits for a file of up to one part. If the request fails because of a digest or a condition, there is no upload.
     *
     * @param first at offset 0, without digests of the whole file
     */
    public ResumableStatus create(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            OptionalLong size,
            String memo,
            Preconditions conditions,
            AppendRequest first) {
        ResumableStatus begun =
                createResumable.create(principal, key, attributes, size, memo, conditions, Optional.of(first));
        return begun.session().isSinglePut() ? begun : appendFirst(principal, begun, first);
    }

    /** Like {@link #createPartial(Principal, OptionalLong, String)} and then {@link #append}. */
    public ResumableStatus createPartial(Principal principal, OptionalLong size, String memo, AppendRequest first) {
        return appendFirst(principal, createPartial(principal, size, memo), first);
    }

    private ResumableStatus appendFirst(Principal principal, ResumableStatus begun, AppendRequest first) {
        ResumableId id = begun.resumption().id();
        try {
            return append(principal, id, first);
        } catch (ChecksumMismatch | PreconditionFailed e) {
            // The client does not know the URL of the upload.
            terminate(principal, id);
            throw e;
        }
    }

    /**
     * Creates a partial upload, of which {@link #concatenate} creates a file together with others. Its bytes are hidden until then.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write anything
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has reached the limit of open uploads
     */
    public ResumableStatus createPartial(Principal principal, OptionalLong size, String memo) {
        return createResumable.createPartial(principal, size, memo);
    }

    /**
     * Returns the status with the offset at which to resume. Interrupts a running append request, whose client must have lost the
     * connection, so that the offset does not change until the next request. If all bytes are stored and a crash prevented the file from
     * being created, creates it now.
     */
    public ResumableStatus get(Principal principal, ResumableId id) {
        return access.observed("upload.read", () -> appendToUpload.ask(principal, id));
    }

    /**
     * Appends bytes, which are durable when this returns. Creates the file after the last byte. Supersedes a running append request of the
     * same upload at once. When the body ends early, the bytes received so far are kept, unless the request has a digest. If the store has
     * other parts than those recorded, because a part of an older attempt arrived late, the upload is rewound to the last offset at which
     * they agree.
     *
     * @throws dev.stowage.core.error.AccessDenied when the file was concatenated from partial uploads
     * @throws dev.stowage.core.error.Conflict when the upload is at another offset or was rewound, with the offset in
     *     {@code detail.offset}, or when a newer request has taken over
     * @throws dev.stowage.core.error.ChecksumMismatch when the body does not match a digest; none of it is kept. When the whole file does
     *     not match, no file is created and the upload can't be completed
     * @throws dev.stowage.core.error.NotSupported when a digest of the whole file can't be verified
     * @throws dev.stowage.core.error.BrokenContent when the body can't be read to its end
     * @throws dev.stowage.core.error.InvalidInput when there are more bytes than were announced or than an upload can have, or when the
     *     size differs from the one announced before
     */
    public ResumableStatus append(Principal principal, ResumableId id, AppendRequest request) {
        return appendToUpload.append(principal, id, request);
    }

    /**
     * Terminates an upload: deletes its bytes and interrupts a running append request. If the store fails in between, background
     * maintenance finishes the termination. The file of a completed upload is kept; only the upload is deleted.
     */
    public void terminate(Principal principal, ResumableId id) {
        terminateResumable.terminate(principal, id);
    }

    /**
     * Creates a file from completed partial uploads. A repetition creates it again. The partial uploads are kept until they expire.
     *
     * @param partials 1 to {@link #MAX_PARTIAL_UPLOADS}, in the order of concatenation
     * @param memo data of the protocol, stored unchanged
     * @param conditions on the file that is replaced; decided by the store
     * @return a completed upload
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold
     * @throws dev.stowage.core.error.InvalidInput when an upload is not partial or not completed, there are none or too many, or the key
     *     does not fit the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     */
    public ResumableStatus concatenate(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            List<ResumableId> partials,
            String memo,
            Preconditions conditions) {
        return concatenateUploads.concatenate(principal, key, attributes, partials, memo, conditions);
    }
}
