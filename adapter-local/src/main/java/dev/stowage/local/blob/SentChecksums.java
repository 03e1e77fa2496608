package dev.stowage.local.blob;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The digests with which a body was sent, as text in the index. */
public final class SentChecksums {

    private SentChecksums() {}

    /** The digests without the MD5, which is recorded for every body. */
    static List<Checksum> of(List<Checksum> digests) {
        return digests.stream()
                .filter(digest -> digest.algorithm() != ChecksumAlgorithm.MD5)
                .toList();
    }

    /** One name=base64 per line; null for none. */
    public static @Nullable String text(List<Checksum> checksums) {
        return checksums.isEmpty()
                ? null
                : checksums.stream()
                        .map(checksum -> checksum.algorithm().id() + "=" + checksum.base64() + "\n")
                        .collect(Collectors.joining());
    }

    /** Reads {@link #text}; leaves out algorithms that this version does not know. */
    public static List<Checksum> parse(@Nullable String text) {
        return text == null
                ? List.of()
                : text.lines().flatMap(line -> line(line).stream()).toList();
    }

    private static List<Checksum> line(String line) {
        int equals = line.indexOf('=');
        return Arrays.stream(ChecksumAlgorithm.values())
                .filter(algorithm -> algorithm.id().equals(line.substring(0, equals)))
                .map(algorithm -> new Checksum(algorithm, line.substring(equals + 1)))
                .toList();
    }
}
