package dev.stowage.app.doctor;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Conditional writes. A store has to do what it declares. */
final class ConditionTrials {

    private static final byte[] BYTES = TrialFiles.bytes(1000, 3);
    private static final byte[] OTHER = TrialFiles.bytes(1000, 4);

    private static final String ANSWERED_WITH_501 = " are answered with 501; others work";

    private static final String CHECKED_BEFORE = "conditions are accepted, but checked right before the ";

    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final TrialFiles files;

    ConditionTrials(Storage storage, TrialFiles files) {
        objects = storage.objects();
        uploads = storage.uploads();
        this.files = files;
    }

    void run(TrialRun trials) {
        String uploadsUnder = "uploads with If-None-Match or If-Match" + ANSWERED_WITH_501;
        trials.required(
                "conditional put", () -> with(Capability.CONDITIONAL_PUT, uploadsUnder, this::put, this::create));
        trials.required(
                "conditional copy",
                () -> with(
                        Capability.CONDITIONAL_COPY,
                        CHECKED_BEFORE + "copy or move: a file that is stored at the target in between is replaced",
                        this::copy,
                        this::copyToNew));
        trials.required(
                "conditional complete",
                () -> with(
                        Capability.CONDITIONAL_COMPLETE,
                        "multipart and resumable " + uploadsUnder,
                        this::complete,
                        this::completeToNew));
        trials.required("conditional delete", this::deleteOrTell);
    }

    /**
     * Runs {@code every} on a store that decides all conditions, and {@code ifAbsent} on one that can only create.
     *
     * @param otherwise what the service does on a store that decides none
     */
    private String with(Capability capability, String otherwise, TrialRun.Trial every, TrialRun.Trial ifAbsent)
            throws IOException, InterruptedException {
        Set<Capability> declared = objects.capabilities();
        if (!declared.contains(capability) && !declared.contains(Capability.IF_ABSENT)) {
            throw new NotSupported(otherwise);
        }
        try {
            return (declared.contains(capability) ? every : ifAbsent).run();
        } catch (NotSupported e) {
            throw new NotSupported("the store answers 501, and so does the service: use no conditions there");
        }
    }

    private String deleteOrTell() throws IOException {
        if (!objects.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
            throw new NotSupported(CHECKED_BEFORE + "deletion or move: a version that is stored in between is deleted");
        }
        return delete();
    }

    private String create() throws IOException {
        ObjectInfo unused = put("create", BYTES, WriteCondition.IF_ABSENT);
        refused(() -> put("create", OTHER, WriteCondition.IF_ABSENT));
        files.expect("create", BYTES);
        return "If-None-Match: *; If-Match is answered with 501";
    }

    private String copyToNew() throws IOException {
        return copy() + "; If-Match is checked before the copy";
    }

    private String completeToNew() throws IOException {
        return complete() + "; If-Match is answered with 501";
    }

    private String put() throws IOException {
        ObjectInfo first = put("put", BYTES, WriteCondition.IF_ABSENT);
        refused(() -> put("put", OTHER, WriteCondition.IF_ABSENT));
        files.expect("put", BYTES);
        ObjectInfo second = put("put", OTHER, new WriteCondition.IfMatch(first.etag()));
        refused(() -> put("put", BYTES, new WriteCondition.IfMatch(first.etag())));
        files.expect("put", OTHER);
        TrialFailed.unless(!first.etag().equals(second.etag()), "both versions have the same ETag");
        return "If-None-Match: * and If-Match";
    }

    private ObjectInfo put(String name, byte[] bytes, WriteCondition condition) {
        return objects.put(files.key(name), Content.of(bytes), PutOptions.DEFAULT.withCondition(condition))
                .info();
    }

    private String copy() throws IOException {
        files.put("copied", BYTES);
        files.put("there", OTHER);
        refused(() -> copy(WriteCondition.IF_ABSENT, "there"));
        files.expect("there", OTHER);
        copy(WriteCondition.IF_ABSENT, "new");
        files.expect("new", BYTES);
        return "at the target";
    }

    private void copy(WriteCondition condition, String target) {
        objects.copy(
                files.key("copied"),
                files.key(target),
                new CopyOptions(condition, Optional.empty(), AttributeChanges.NONE));
    }

    private String complete() throws IOException {
        files.put("completed", OTHER);
        UploadId upload = uploads.create(files.key("completed"), ObjectAttributes.DEFAULT);
        PartInfo part =
                uploads.putPart(files.key("completed"), upload, new PartNumber(1), Content.of(BYTES), List.of());
        List<PartTag> parts = List.of(new PartTag(part.number(), part.etag()));
        refused(() -> uploads.complete(files.key("completed"), upload, parts, WriteCondition.IF_ABSENT));
        files.expect("completed", OTHER);
        uploads.abort(files.key("completed"), upload);
        return "refused, and the upload stays open";
    }

    private String delete() throws IOException {
        Etag old = files.put("deleted", BYTES).etag();
        Etag current = files.put("deleted", OTHER).etag();
        TrialFailed.unless(
                delete(old) instanceof DeleteResult.Failed failed && failed.reason() instanceof PreconditionFailed,
                "an object with another ETag was deleted");
        files.expect("deleted", OTHER);
        TrialFailed.unless(delete(current) instanceof DeleteResult.Deleted, "the object was not deleted");
        return objects.capabilities().contains(Capability.BULK_CONDITIONAL_DELETE)
                ? "many at once"
                : "one request for each object";
    }

    private DeleteResult delete(Etag tag) {
        return objects.deleteMatching(Map.of(files.key("deleted"), tag)).get(0);
    }

    private static void refused(Runnable write) {
        try {
            write.run();
        } catch (PreconditionFailed expected) {
            return;
        }
        throw new TrialFailed("a write was accepted whose condition does not hold");
    }
}
