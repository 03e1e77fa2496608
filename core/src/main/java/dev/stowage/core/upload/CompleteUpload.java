package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the file of an upload's parts. */
public final class CompleteUpload {

    private static final int PAGE = 1000;

    private final MultipartStore uploads;
    private final ObjectStore objects;

    public CompleteUpload(MultipartStore uploads, ObjectStore objects) {
        this.uploads = uploads;
        this.objects = objects;
    }

    /**
     * Makes the file of the parts named, or of all that were uploaded. Sent again after it succeeded, with the parts named, it gives
     * the same answer for as long as the file has the tag that those parts make.
     *
     * @param parts in ascending order of their numbers; empty for all that the store holds
     * @throws InvalidInput when parts are missing, differ, are too small or out of order, or there is none
     * @throws NotFound when there is no such upload
     */
    public ObjectInfo complete(ObjectKey key, UploadId upload, Optional<List<PartTag>> parts) {
        List<PartTag> chosen = parts.isPresent() ? parts.get() : allParts(key, upload);
        checkOrder(chosen);
        try {
            return uploads.complete(key, upload, chosen, WriteCondition.NONE);
        } catch (NotFound e) {
            return alreadyCompleted(key, chosen).orElseThrow(() -> e);
        }
    }

    private List<PartTag> allParts(ObjectKey key, UploadId upload) {
        List<PartTag> all = new ArrayList<>();
        Optional<PartNumber> after = Optional.empty();
        do {
            PartPage page = uploads.listParts(key, upload, PAGE, after);
            for (PartInfo part : page.parts()) {
                all.add(new PartTag(part.number(), part.etag()));
            }
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private Optional<ObjectInfo> alreadyCompleted(ObjectKey key, List<PartTag> parts) {
        return MultipartEtag.of(parts.stream().map(PartTag::etag).toList())
                .flatMap(
                        expected -> objects.stat(key).filter(info -> info.etag().equals(expected)));
    }

    private static void checkOrder(List<PartTag> parts) {
        if (parts.isEmpty()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "An upload has at least one part; upload it first",
                    Map.of("field", "parts"));
        }
        if (parts.size() > PartNumber.MAX) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_PARTS,
                    "An upload has at most " + PartNumber.MAX + " parts",
                    Map.of("field", "parts"));
        }
        for (int i = 1; i < parts.size(); i++) {
            PartNumber before = parts.get(i - 1).number();
            PartNumber number = parts.get(i).number();
            if (number.compareTo(before) <= 0) {
                throw new InvalidInput(
                        ErrorCode.INVALID_PART_ORDER,
                        "Parts are named once each in ascending order; " + number + " stands after " + before,
                        Map.of("part_number", number.value()));
            }
        }
    }
}
