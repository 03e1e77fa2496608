package dev.stowage.local.index;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.Etag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts chosen for an object, checked against the stored ones.
 *
 * @param size of the object, in bytes
 * @param unwanted stored parts that were not chosen
 */
record ObjectParts(long size, Etag etag, List<PartNumber> unwanted) {

    /** @throws InvalidInput when these parts can't make an object */
    static ObjectParts of(List<PartTag> chosen, List<PartInfo> stored, PartLimits limits) {
        if (chosen.isEmpty()) {
            throw new InvalidInput(ErrorCode.INVALID_REQUEST, "List at least one part", Map.of("field", "parts"));
        }
        Map<PartNumber, PartInfo> left = new TreeMap<>();
        stored.forEach(part -> left.put(part.number(), part));
        long size = 0;
        for (int i = 0; i < chosen.size(); i++) {
            PartNumber number = chosen.get(i).number();
            if (i > 0 && number.compareTo(chosen.get(i - 1).number()) <= 0) {
                throw invalid(ErrorCode.INVALID_PART_ORDER, number, "is not in ascending order");
            }
            PartInfo part = left.remove(number);
            if (part == null || !part.etag().equals(chosen.get(i).etag())) {
                throw invalid(ErrorCode.INVALID_PART, number, "was not uploaded, or has another ETag; upload it again");
            }
            if (part.size() < limits.minSize() && i < chosen.size() - 1) {
                throw invalid(
                        ErrorCode.PART_TOO_SMALL,
                        number,
                        "is not the last and must have at least " + limits.minSize() + " bytes");
            }
            size += part.size();
        }
        Etag etag = MultipartEtag.of(chosen.stream().map(PartTag::etag).toList())
                .orElseThrow(() -> new IllegalStateException("all stored parts have an MD5"));
        return new ObjectParts(size, etag, List.copyOf(left.keySet()));
    }

    private static InvalidInput invalid(ErrorCode code, PartNumber number, String what) {
        return new InvalidInput(code, "Part " + number + " " + what, Map.of("part_number", number.value()));
    }
}
