package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts chosen for a file, checked against those in the store.
 *
 * @param parts as the store has them, in ascending order of their numbers; unmodifiable
 */
public record ChosenParts(List<PartInfo> parts) {

    public ChosenParts {
        parts = List.copyOf(parts);
    }

    /** Returns the parts as a client names them. */
    public List<PartTag> tags() {
        return parts.stream()
                .map(part -> new PartTag(part.number(), part.etag()))
                .toList();
    }

    /** Returns the total size in bytes. */
    public long size() {
        return parts.stream().mapToLong(PartInfo::size).sum();
    }

    /** Checks the list alone. @throws InvalidInput when there are no parts or too many, or their numbers do not ascend */
    public static void checkOrder(List<PartTag> parts) {
        if (parts.isEmpty()) {
            throw InvalidInput.ofField("parts", "An upload needs at least one part; upload one first");
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
                throw refused(
                        ErrorCode.INVALID_PART_ORDER,
                        number,
                        "Parts must be listed once each, in ascending order; " + number + " follows " + before);
            }
        }
    }

    /**
     * Checks that the parts can make a file.
     *
     * @param minSize the minimum size in bytes of every part except the last
     * @throws InvalidInput as {@link #checkOrder}, and when a part does not exist, has another ETag, or is too small
     */
    public static ChosenParts of(List<PartTag> tags, List<PartInfo> stored, long minSize) {
        checkOrder(tags);
        Map<PartNumber, PartInfo> byNumber = new HashMap<>();
        stored.forEach(part -> byNumber.put(part.number(), part));
        List<PartInfo> parts = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            PartNumber number = tags.get(i).number();
            PartInfo part = byNumber.get(number);
            if (part == null) {
                throw refused(ErrorCode.INVALID_PART, number, "Part " + number + " was not uploaded");
            }
            if (!part.etag().equals(tags.get(i).etag())) {
                throw refused(
                        ErrorCode.INVALID_PART,
                        number,
                        "Part " + number + " has another ETag; send the one that uploading it returned");
            }
            if (i < tags.size() - 1 && part.size() < minSize) {
                throw refused(
                        ErrorCode.PART_TOO_SMALL,
                        number,
                        "Part " + number + " is smaller than " + minSize + " bytes and is not the last one");
            }
            parts.add(part);
        }
        return new ChosenParts(parts);
    }

    private static InvalidInput refused(ErrorCode code, PartNumber number, String message) {
        return new InvalidInput(code, message, Map.of("part_number", number.value()));
    }
}
