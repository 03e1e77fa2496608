package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Creates resumable uploads: of a file whose key fits the layout, or partial ones. */
final class CreateResumable {

    private final ObjectStore objects;
    private final BeginUpload begin;
    private final AppendToUpload append;
    private final ResumableSessions uploads;
    private final int maxOpen;
    private final InstantSource clock;
    private final UploadEvents events;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final PartSizes sizes;

    /** @param maxOpen the maximum number of open uploads of one principal */
    CreateResumable(ResumableContext context, KeyLayout layout, AccessPolicy access, PartSizes sizes, int maxOpen) {
        this.objects = context.storage().objects();
        this.begin = new BeginUpload(context.storage().uploads(), context.sessions(), maxOpen, context.clock());
        this.append = new AppendToUpload(context, access);
        this.uploads = context.sessions().resumable();
        this.maxOpen = maxOpen;
        this.clock = context.clock();
        this.events = context.events();
        this.layout = layout;
        this.access = access;
        this.sizes = sizes;
    }

    /** Returns the maximum size of a file in bytes. */
    long maxSize() {
        return sizes.maxSize();
    }

    /** See {@link ResumableUploads#create}. */
    ResumableStatus create(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            OptionalLong size,
            String memo,
            Preconditions conditions) {
        return create(principal, key, attributes, size, memo, conditions, Optional.empty());
    }

    /**
     * Like {@link ResumableUploads#create}. Appends {@code first} to an upload of a single put, with fewer commits than afterwards.
     *
     * @param first without digests of the whole file
     */
    ResumableStatus create(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            OptionalLong size,
            String memo,
            Preconditions conditions,
            Optional<AppendRequest> first) {
        AuditedAction action = AuditedAction.of("upload.create", key);
        ResumableStatus created = access.audited(
                principal,
                action,
                () -> {
                    check(principal, key, conditions);
                    return begin(
                            principal,
                            key,
                            attributes,
                            size,
                            new Resumption(ResumableId.next(clock.instant()), sizes.of(size), memo, false, conditions),
                            layout.match(key).orElse(Map.of()),
                            first);
                },
                status -> action.with("upload", id(status)));
        if (first.isPresent() && created.session().isSinglePut()) {
            access.recordDone(principal, action.with("upload", id(created)).named(AppendToUpload.operation(created)));
        }
        return created;
    }

    /**
     * Like {@link #create}, for a partial upload: it creates no file, and is hidden until {@link ConcatenateUploads} creates one from it.
     *
     * @throws dev.stowage.core.error.TooManyOpen when {@code principal} has reached the limit of open uploads
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write anything
     */
    ResumableStatus createPartial(Principal principal, OptionalLong size, String memo) {
        ResumableId id = ResumableId.next(clock.instant());
        AuditedAction action = AuditedAction.of("upload.create").with("upload", id);
        return access.audited(principal, action, () -> {
            access.permissions().check(principal, Action.WRITE);
            return begin(
                    principal,
                    HiddenKeys.partial(id.value()),
                    ObjectAttributes.DEFAULT,
                    size,
                    new Resumption(id, sizes.of(size), memo, true, Preconditions.NONE),
                    Map.of(),
                    Optional.empty());
        });
    }

    private static ResumableId id(ResumableStatus status) {
        return status.session().resumption().orElseThrow().id();
    }

    private void check(Principal principal, ObjectKey key, Preconditions conditions) {
        layout.check(key);
        access.permissions().check(principal, Action.WRITE, key);
        if (!conditions.isEmpty()) {
            check(key, conditions);
        }
    }

    /** Checks the conditions before the client sends bytes that would be rejected in the end. */
    private void check(ObjectKey key, Preconditions conditions) {
        Set<Capability> capabilities = objects.capabilities();
        boolean decides = capabilities.contains(Capability.CONDITIONAL_COMPLETE)
                || (capabilities.contains(Capability.IF_ABSENT) && conditions.equals(Preconditions.IF_ABSENT));
        if (!decides) {
            throw new NotSupported("The store does not support conditions on completing an upload");
        }
        conditions.check(key, objects.stat(key));
    }

    private ResumableStatus begin(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            OptionalLong size,
            Resumption resumption,
            Map<String, String> layoutValues,
            Optional<AppendRequest> first) {
        UploadOrigin origin = UploadOrigin.resumable(principal.id(), layoutValues, size, resumption);
        if (!isSinglePut(size, resumption)) {
            UploadSession session = begin.begin(key, origin, attributes);
            events.begun();
            return new ResumableStatus(session, 0);
        }
        UploadSession session = singlePut(key, origin, attributes, resumption.id());
        if (first.isPresent()) {
            events.begun();
            return append.begin(new TokenHolder.NewUpload(session, maxOpen), first.get());
        }
        uploads.add(session, maxOpen);
        events.begun();
        return new ResumableStatus(session, 0);
    }

    /**
     * Whether the file is short enough to be put at once. After a crash, the put may be repeated, which conditions would not allow if the
     * first one had created the object.
     */
    private static boolean isSinglePut(OptionalLong size, Resumption resumption) {
        return size.isPresent()
                && size.getAsLong() <= resumption.partSize()
                && resumption.conditions().isEmpty();
    }

    private UploadSession singlePut(ObjectKey key, UploadOrigin origin, ObjectAttributes attributes, ResumableId id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UploadInfo upload = new UploadInfo(key, new UploadId(id.value()), now);
        return UploadSession.begun(upload, origin, attributes);
    }
}
