package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Creates a file from completed partial uploads. */
final class ConcatenateUploads {

    private final ResumableContext context;
    private final ResumableLookup lookup;
    private final KeyLayout layout;
    private final AccessPolicy access;

    ConcatenateUploads(ResumableContext context, KeyLayout layout, AccessPolicy access) {
        this.context = context;
        this.lookup = new ResumableLookup(context.sessions(), access.permissions());
        this.layout = layout;
        this.access = access;
    }

    /** See {@link ResumableUploads#concatenate}. */
    ResumableStatus concatenate(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            List<ResumableId> partials,
            String memo,
            Preconditions conditions) {
        String ids = partials.stream().map(ResumableId::value).collect(Collectors.joining(","));
        AuditedAction action = AuditedAction.of("file.concatenate", key).with("uploads", ids);
        return access.audited(
                principal, action, () -> joinUnaudited(principal, key, attributes, partials, memo, conditions));
    }

    private ResumableStatus joinUnaudited(
            Principal principal,
            ObjectKey key,
            ObjectAttributes attributes,
            List<ResumableId> partials,
            String memo,
            Preconditions conditions) {
        layout.check(key);
        access.permissions().check(principal, Action.WRITE, key);
        if (partials.isEmpty() || partials.size() > ResumableUploads.MAX_PARTIAL_UPLOADS) {
            throw invalid(
                    "A file is concatenated from 1 to " + ResumableUploads.MAX_PARTIAL_UPLOADS + " partial uploads",
                    key);
        }
        List<UploadSession> complete = partials.stream()
                .map(partial -> complete(principal, partial, key))
                .toList();
        Resumption resumption =
                Resumption.concatenated(ResumableId.next(context.clock().instant()), memo);
        UploadIntent intent =
                context.sessions().intents().intend(key, context.clock().instant());
        try {
            ObjectInfo made = conditions.apply(
                    key,
                    () -> context.storage().objects().stat(key),
                    condition -> concatenate(key, new PutOptions(attributes, condition, List.of()), complete));
            UploadSession session = session(principal, made, attributes, resumption);
            context.sessions().add(session, intent);
            context.events().begun();
            context.events().finished();
            return new ResumableStatus(session, made.size());
        } finally {
            context.sessions().intents().withdraw(intent);
        }
    }

    private UploadSession complete(Principal principal, ResumableId id, ObjectKey key) {
        UploadSession partial = lookup.get(principal, id);
        if (!ResumableLookup.isPartial(partial)) {
            throw invalid("The upload " + id + " is not a partial upload, and can't be concatenated", key);
        }
        if (ResumableLookup.isOpen(partial)
                || partial.completion().flatMap(made -> made.etag()).isEmpty()) {
            throw invalid("The upload " + id + " is not complete", key);
        }
        return partial;
    }

    private ObjectInfo concatenate(ObjectKey key, PutOptions options, List<UploadSession> partials) {
        ObjectStore store = context.storage().objects();
        List<ObjectKey> sources = partials.stream().map(UploadSession::key).toList();
        Optional<ObjectInfo> joined = store.concatenate(sources, key, options.attributes(), options.condition());
        if (joined.isPresent()) {
            return joined.get();
        }
        long size = partials.stream()
                .mapToLong(partial -> partial.completion().orElseThrow().size())
                .sum();
        try {
            return store.put(key, new ConcatenatedContent(store, sources, size), options)
                    .info();
        } catch (BrokenContent e) {
            throw new StorageUnavailable("The partial uploads could not be read; try again", e);
        }
    }

    private UploadSession session(
            Principal principal, ObjectInfo made, ObjectAttributes attributes, Resumption resumption) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        // The store has no id for it, as the upload only exists in the record.
        UploadInfo upload =
                new UploadInfo(made.key(), new UploadId(resumption.id().value()), now);
        UploadOrigin origin = UploadOrigin.resumable(
                principal.id(), layout.match(made.key()).orElse(Map.of()), OptionalLong.of(made.size()), resumption);
        return UploadSession.begun(upload, origin, attributes)
                .completing(List.of(), made.size(), now)
                .completed(made.etag(), now);
    }

    private static InvalidInput invalid(String message, ObjectKey key) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message, Map.of("key", key.value()));
    }
}
