package dev.stowage.s3api.operation;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.Page;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists uploads and their parts: ListMultipartUploads and ListParts. */
final class MultipartListings {

    private final Uploads uploads;

    MultipartListings(Uploads uploads) {
        this.uploads = uploads;
    }

    /** ListParts. */
    void parts(S3Call call) throws IOException {
        UploadId upload = MultipartUploads.id(call);
        int max = call.query()
                .text("max-parts")
                .map(text -> ListParameters.number("max-parts", text))
                .orElse(Uploads.MAX_PARTS);
        int marker = call.query()
                .text("part-number-marker")
                .map(MultipartListings::marker)
                .orElse(0);
        Page<PartInfo, PartNumber> page = page(call, upload, max, marker);
        call.reply().xml(200, "ListPartsResult", document -> {
            document.text("Bucket", call.bucket().name())
                    .text("Key", call.name())
                    .text("UploadId", upload.value())
                    .owner("Initiator")
                    .owner("Owner")
                    .text("StorageClass", "STANDARD")
                    .text("PartNumberMarker", marker);
            page.next().ifPresent(next -> document.text("NextPartNumberMarker", next.value()));
            document.text("MaxParts", max).text("IsTruncated", page.next().isPresent());
            page.items()
                    .forEach(part -> document.element("Part", element -> {
                        element.text("PartNumber", part.number().value())
                                .text("LastModified", HttpTime.document(part.lastModified()))
                                .text("ETag", part.etag().quoted())
                                .text("Size", part.size());
                        ChecksumElements.write(element, part.checksums());
                    }));
        });
    }

    private Page<PartInfo, PartNumber> page(S3Call call, UploadId upload, int max, int marker) {
        Optional<PartNumber> after = marker == 0 ? Optional.empty() : Optional.of(new PartNumber(marker));
        Page<PartInfo, PartNumber> page = uploads.listParts(call.caller(), call.key(), upload, Math.max(max, 1), after);
        return max == 0 ? new Page<>(List.of(), Optional.empty()) : page;
    }

    /** Returns the number of the part after which a page begins; beyond the last possible one, the page is empty. */
    private static int marker(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return Math.min(number, PartNumber.MAX);
            }
        } catch (NumberFormatException e) {
            throw invalidMarker(text);
        }
        throw invalidMarker(text);
    }

    private static S3ErrorException invalidMarker(String text) {
        return S3ErrorException.invalidArgument(
                "part-number-marker", text, "part-number-marker must be the number of a part");
    }

    /** ListMultipartUploads: the caller's own. */
    void uploads(S3Call call) throws IOException {
        ListParameters parameters = ListParameters.of(call.query(), "max-uploads");
        ListedUploads page = ListedUploads.read(uploads, call, parameters);
        call.reply().xml(200, "ListMultipartUploadsResult", document -> page.write(document));
    }
}
