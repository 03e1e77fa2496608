package dev.stowage.s3;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** Lists the parts of an upload. */
final class PartListing {

    private static final int PAGE = 1000;

    private final Connection connection;
    private final UploadListing uploads;

    PartListing(Connection connection, UploadListing uploads) {
        this.connection = connection;
        this.uploads = uploads;
    }

    /** All parts by number. */
    SortedMap<PartNumber, PartInfo> all(ObjectKey key, UploadId upload) {
        SortedMap<PartNumber, PartInfo> all = new TreeMap<>();
        Optional<PartNumber> after = Optional.empty();
        do {
            Page<PartInfo, PartNumber> page = page(key, upload, PAGE, after);
            page.items().forEach(part -> all.put(part.number(), part));
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    /** @throws NotFound when the upload does not exist */
    void checkOpen(ObjectKey key, UploadId upload) {
        page(key, upload, 1, Optional.empty());
    }

    /** @throws NotFound when the upload does not exist; some stores (s3proxy on files) show that only by an empty list */
    Page<PartInfo, PartNumber> page(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        int marker = after.map(PartNumber::value).orElse(0);
        ListPartsResponse answer = request(key, upload, maxParts, marker);
        List<PartInfo> parts = answer.parts().stream()
                .map(PartListing::info)
                .filter(part -> part.number().value() > marker)
                .sorted(Comparator.comparing(PartInfo::number))
                .toList();
        if (answer.parts().isEmpty() && marker == 0 && !uploads.shows(key, upload)) {
            throw NotFound.upload(key.value(), upload.value());
        }
        if (parts.size() > maxParts) {
            return page(parts.subList(0, maxParts));
        }
        return Boolean.TRUE.equals(answer.isTruncated()) && !parts.isEmpty()
                ? page(parts)
                : new Page<>(parts, Optional.empty());
    }

    /** Some stores (s3proxy) return all parts at once and accept no marker. */
    private ListPartsResponse request(ObjectKey key, UploadId upload, int maxParts, int marker) {
        try {
            return connection
                    .small()
                    .listParts(request -> request.bucket(connection.bucket())
                            .key(key.value())
                            .uploadId(upload.value())
                            .maxParts(maxParts)
                            .partNumberMarker(marker == 0 ? null : marker));
        } catch (RuntimeException e) {
            if (marker > 0 && S3Errors.isNotImplemented(e)) {
                return request(key, upload, PAGE, 0);
            }
            throw S3Errors.translate(e, Target.of(key, upload));
        }
    }

    private static Page<PartInfo, PartNumber> page(List<PartInfo> parts) {
        return new Page<>(parts, Optional.of(parts.get(parts.size() - 1).number()));
    }

    private static PartInfo info(Part part) {
        return new PartInfo(
                new PartNumber(part.partNumber()),
                Responses.orZero(part.size()),
                Responses.etag(part.eTag()),
                Responses.orEpoch(part.lastModified()));
    }
}
