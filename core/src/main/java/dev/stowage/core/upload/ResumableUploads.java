package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Resumable uploads: their bytes are appended at an offset, in as many requests as it takes, and the file is made when the last byte is there.
 *
 * <p>Safe for concurrent use. Every method that names an upload throws {@link dev.stowage.core.error.NotFound} when there is none, it was
 * terminated, or it is another principal's.
 */
public final class ResumableUploads {

    /** The most partial uploads of one file. */
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
     * How much uploads may take up.
     *
     * @param partSize of the parts in which bytes go to the store, in bytes, where that will do
     * @param maxOpen the most open uploads of one principal
     * @param memory in which all parts are gathered, in bytes
     */
    public record Limits(long partSize, int maxOpen, long memory) {}

    /**
     * Creates the uploads of a process; one instance, as it orders the requests of that process.
     *
     * @param executor stores a part while the next one is read; may run tasks in the caller's thread
     */
    public ResumableUploads(
            Storage storage,
            UploadSessions sessions,
            KeyLayout layout,
            AccessPolicy access,
            Limits limits,
            Executor executor,
            InstantSource clock) {
        this(
                new ResumableContext(
                        storage,
                        sessions,
                        new UploadMemory(limits.memory()),
                        new UploadLocker(),
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

    /** The same uploads, for requests about which {@code events} is told. */
    public ResumableUploads observedBy(UploadEvents events) {
        return new ResumableUploads(context.withEvents(events), layout, access, limits);
    }

    /** The largest file that can be uploaded, in bytes. */
    public long maxSize() {
        return createResumable.maxSize();
    }

    /**
     * Begins an upload; it is on record when this returns. Repeating it begins another one. The file is made by {@link #append} when all its
     * bytes are there, also when it has none.
     *
     * @param principal who owns it from then on
     * @param size of the whole, in bytes; empty while it is not known
     * @param memo what the protocol has to remember
     * @param conditions what must hold of the file that it replaces, now and when all bytes are there; then the store decides it
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold now; nothing begins
     * @throws dev.stowage.core.error.NotSupported when the store can't decide conditions; nothing begins
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout, or the file is too large
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has too many open uploads
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
     * Begins a partial upload: it makes no file, but {@link #concatenate} makes one from several. Until then nobody sees its bytes.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write anything
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has too many open uploads
     */
    public ResumableStatus createPartial(Principal principal, OptionalLong size, String memo) {
        return createResumable.createPartial(principal, size, memo);
    }

    /**
     * The offset at which to continue. Cuts off a request that appends to the upload at this moment, as its client has lost it, so the offset
     * stays the same until the next request. When all bytes are there and a crash kept the file from being made, it is made now.
     */
    public ResumableStatus get(Principal principal, ResumableId id) {
        return appendToUpload.ask(principal, id);
    }

    /**
     * Appends bytes; they are durable when this returns, and the file is there when they were the last. Takes over at once from a request that
     * appends to the same upload. When the body breaks off, what came of it is kept, unless a digest came with it. When the store has other
     * parts than those on record, as an older attempt's part can arrive late, the upload goes back to the last offset at which they agree.
     *
     * @throws dev.stowage.core.error.AccessDenied when the file was concatenated from partial uploads
     * @throws dev.stowage.core.error.Conflict when the upload is at another offset, or went back to it, {@code detail.offset}; or a newer
     *     request took over
     * @throws dev.stowage.core.error.ChecksumMismatch when the body does not match a digest; nothing of it is kept. When the whole file does
     *     not match, no file is made and the upload can't be completed
     * @throws dev.stowage.core.error.NotSupported when a digest of the whole file can't be compared
     * @throws dev.stowage.core.error.BrokenContent when the body can't be read to its end
     * @throws dev.stowage.core.error.InvalidInput when there are more bytes than were announced, or than an upload can have, or the size is
     *     changed
     */
    public ResumableStatus append(Principal principal, ResumableId id, AppendRequest request) {
        return appendToUpload.append(principal, id, request);
    }

    /**
     * Terminates an upload: frees what is there of it and cuts off a request that appends to it. When the store fails half way, the work in the
     * background finishes it. Of a complete upload the file stays, and only the upload is forgotten.
     */
    public void terminate(Principal principal, ResumableId id) {
        terminateResumable.terminate(principal, id);
    }

    /**
     * Makes a file of complete partial uploads; it is there when this returns. Repeating it makes it anew. The partial uploads stay until they
     * expire.
     *
     * @param partials 1 to {@link #MAX_PARTIAL_UPLOADS}, in their order
     * @param memo what the protocol has to remember
     * @param conditions what must hold of the file that it replaces; decided by the store
     * @return an upload that is complete
     * @throws dev.stowage.core.error.PreconditionFailed when the conditions do not hold
     * @throws dev.stowage.core.error.InvalidInput when one is not partial or not complete, there are none or too many, or the key does not fit
     *     the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     */
    public ResumableStatus concatenate(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            List<ResumableId> partials,
            String memo,
            Preconditions conditions) {
        return concatenateUploads.join(principal, key, attributes, partials, memo, conditions);
    }
}
