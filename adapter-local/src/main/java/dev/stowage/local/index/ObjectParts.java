package dev.stowage.local.index;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.ChosenParts;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.Etag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts chosen for an object.
 *
 * @param size of the object, in bytes
 * @param unwanted stored parts that were not chosen
 */
record ObjectParts(long size, Etag etag, List<PartNumber> unwanted) {

    /** @throws InvalidInput when these parts can't make an object */
    static ObjectParts of(List<PartTag> chosen, List<PartInfo> stored, PartLimits limits) {
        long size = ChosenParts.of(chosen, stored, limits.minSize()).size();
        Set<PartNumber> wanted = chosen.stream().map(PartTag::number).collect(Collectors.toSet());
        Etag etag = MultipartEtag.of(chosen.stream().map(PartTag::etag).toList())
                .orElseThrow(() -> new IllegalStateException("all stored parts have an MD5"));
        return new ObjectParts(
                size,
                etag,
                stored.stream()
                        .map(PartInfo::number)
                        .filter(number -> !wanted.contains(number))
                        .toList());
    }
}
