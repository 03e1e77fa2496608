package dev.stowage.s3api.checksum;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.port.ObjectRecord;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The checksum of an object.
 *
 * @param value in base64; for a composite one, with the number of parts
 */
public record ObjectChecksum(ChecksumAlgorithm algorithm, ChecksumType type, String value) {

    /** Stands before the number of parts; it is no digit of base64. */
    private static final String COUNT = "-";

    /** Returns the checksum of an object by what its store has recorded; empty when it has none. */
    public static Optional<ObjectChecksum> of(ObjectRecord recorded) {
        return recorded.checksums().stream()
                .filter(sum -> ChecksumHeader.ALGORITHMS.contains(sum.algorithm()))
                .findFirst()
                .map(sum -> new ObjectChecksum(sum.algorithm(), ChecksumType.FULL_OBJECT, sum.base64()))
                .or(() -> of(recorded.partSizes(), recorded.partChecksums()));
    }

    /**
     * Returns the checksum of an object made of parts in the first algorithm that all of its parts have; empty when there is none.
     *
     * @param sizes of the parts, in bytes
     * @param checksums those of each part
     */
    public static Optional<ObjectChecksum> of(List<Long> sizes, List<List<Checksum>> checksums) {
        return ChecksumHeader.ALGORITHMS.stream()
                .flatMap(algorithm -> of(algorithm, ChecksumType.of(algorithm), sizes, checksums).stream())
                .findFirst();
    }

    /** Returns the checksum in an algorithm; empty when a part does not have one. */
    public static Optional<ObjectChecksum> of(
            ChecksumAlgorithm algorithm, ChecksumType type, List<Long> sizes, List<List<Checksum>> checksums) {
        List<byte[]> parts = new ArrayList<>();
        for (List<Checksum> part : checksums) {
            part.stream()
                    .filter(checksum -> checksum.algorithm() == algorithm)
                    .findFirst()
                    .ifPresent(checksum -> parts.add(Base64.getDecoder().decode(checksum.base64())));
        }
        if (parts.isEmpty() || parts.size() < sizes.size()) {
            return Optional.empty();
        }
        byte[] value =
                type == ChecksumType.COMPOSITE ? composite(algorithm, parts) : CrcSum.of(algorithm, sizes, parts);
        String suffix = type == ChecksumType.COMPOSITE ? COUNT + parts.size() : "";
        return Optional.of(
                new ObjectChecksum(algorithm, type, Base64.getEncoder().encodeToString(value) + suffix));
    }

    /**
     * Returns the checksum of an object made of parts that equals the one that a client has sent; empty when none does.
     *
     * @param named the type that the client names. Without one it may mean either: S3 takes a CRC32 or CRC32C for a composite one, and the
     *     service announces that of the whole object
     * @param sent in base64; a composite one may lack the number of parts, which MinIO's clients leave out
     */
    public static Optional<ObjectChecksum> matching(
            ChecksumAlgorithm algorithm,
            Optional<ChecksumType> named,
            String sent,
            List<Long> sizes,
            List<List<Checksum>> checksums) {
        return types(algorithm, named, sent).stream()
                .flatMap(type -> of(algorithm, type, sizes, checksums).stream())
                .filter(sum -> sum.value().equals(sent) || sum.withoutCount().equals(sent))
                .findFirst();
    }

    private static List<ChecksumType> types(ChecksumAlgorithm algorithm, Optional<ChecksumType> named, String sent) {
        if (sent.indexOf(COUNT) >= 0) {
            return List.of(ChecksumType.COMPOSITE);
        }
        if (named.isPresent()) {
            return List.of(named.get());
        }
        return algorithm == ChecksumAlgorithm.CRC64NVME
                ? List.of(ChecksumType.FULL_OBJECT)
                : List.of(ChecksumType.of(algorithm), ChecksumType.COMPOSITE);
    }

    private String withoutCount() {
        int count = value.indexOf(COUNT);
        return count < 0 ? value : value.substring(0, count);
    }

    /** Sets the header fields of a response. */
    public void write(BiConsumer<String, String> header) {
        header.accept(ChecksumHeader.name(algorithm), value);
        header.accept(ChecksumType.HEADER, type.name());
    }

    private static byte[] composite(ChecksumAlgorithm algorithm, List<byte[]> parts) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        parts.forEach(part -> hasher.update(part, 0, part.length));
        return hasher.finish();
    }
}
